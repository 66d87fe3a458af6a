package switchboard.nodes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import switchboard.SwitchboardProcess;
import switchboard.nodes.Waits.Said;
import switchboard.witness.Caller;
import switchboard.witness.Ledger;
import switchboard.witness.Message;
import switchboard.witness.Sender;

/** Customers of whom each says something every half second, until it is taken; how long each of these takes is kept. */
final class Probe implements AutoCloseable {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> customers = new ArrayList<>();
    private final Queue<Said> said = new ConcurrentLinkedQueue<>();
    private volatile boolean enough;

    /** {@code count} customers, whose conversations lie where chance puts them. */
    Probe(Caller program, Ledger ledger, int count, long seed) {
        var sender = new Sender(program, ledger, new Quiet(), PATIENCE);
        for (int i = 0; i < count; i++) {
            var number = i;
            customers.add(threads.submit(() -> {
                for (int m = 0; !enough; m++) {
                    var from = System.nanoTime();
                    sender.post(new Message("probe-" + seed + "-" + number, "/chat/web", "p" + m, "Frage " + m));
                    said.add(new Said(number, from, System.nanoTime()));
                    LockSupport.parkNanos(PAUSE);
                }
                return null;
            }));
        }
    }

    /** Who hears how it goes; here nobody. */
    private static final class Quiet implements Sender.Watch {
        @Override
        public void answered() {}

        @Override
        public void turnedAway() {}
    }

    long acknowledged() {
        return said.size();
    }

    /** Until now. */
    Waits waits() {
        return new Waits(List.copyOf(said));
    }

    /** Returns when everyone has been answered once more. */
    void awaitAll() {
        var since = System.nanoTime();
        SwitchboardProcess.await("an answer for each customer", () -> waits().answered(since) == customers.size());
    }

    /** Lets each bring what he has in hand to its end; fails as he did. */
    void finish() throws Exception {
        enough = true;
        for (var customer : customers) {
            customer.get(PATIENCE.toSeconds() + 60, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        enough = true;
        threads.shutdownNow();
    }
}
