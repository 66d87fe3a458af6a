package switchboard.senders;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Clients side by side, each one thing after the other until it is enough. */
final class Crowd implements AutoCloseable {

    /** One thing, brought to its end. */
    interface Turn {
        void take() throws Exception;
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> clients = new ArrayList<>();
    private volatile boolean enough;

    /** One more, who takes turns until {@link #finish}. */
    void add(Turn turn) {
        clients.add(threads.submit(() -> {
            while (!enough) {
                turn.take();
            }
            return null;
        }));
    }

    /** Beside whoever asks for it. */
    <T> Future<T> aside(Callable<T> one) {
        return threads.submit(one);
    }

    /** Lets each bring what he has in hand to its end; fails as he did. */
    void finish() throws ExecutionException, InterruptedException, TimeoutException {
        enough = true;
        for (var client : clients) {
            client.get(180, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        enough = true;
        threads.shutdownNow();
    }
}
