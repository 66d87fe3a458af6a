package switchboard.versions;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Hears how a training goes. */
final class Ear implements Minds.Listener {

    private final CompletableFuture<Ended> end = new CompletableFuture<>();
    private final CountDownLatch begun = new CountDownLatch(1);

    @Override
    public void at(String stage, int done, int all) {
        begun.countDown();
    }

    @Override
    public void ended(Ended how) {
        end.complete(how);
    }

    Ended end() throws Exception {
        return end.get(60, TimeUnit.SECONDS);
    }

    Version serves() throws Exception {
        return ((Ended.Serves) end()).version();
    }

    void awaitBegin() throws InterruptedException {
        if (!begun.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not begin");
        }
    }
}
