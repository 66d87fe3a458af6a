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
import java.util.stream.Stream;
import switchboard.witness.Caller;
import switchboard.witness.Ledger;
import switchboard.witness.Message;
import switchboard.witness.Sender;

/** Customers of whom each says something every half second, until it is taken; how long each of these takes is kept. */
final class Probe implements AutoCloseable {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A message of {@code customer}, from its first attempt until it was acknowledged, by the monotonic clock. */
    record Said(int customer, long from, long until) {

        double seconds() {
            return (until - from) / 1e9;
        }
    }

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

    /** The longest that one message waited, of those under way since {@code since}. */
    double longest(long since) {
        return since(since).mapToDouble(Said::seconds).max().orElse(0);
    }

    /**
     * After how many seconds those customers were answered again who noticed anything (a second or longer) at {@code fault}, the
     * shortest first.
     */
    List<Double> recovered(long fault) {
        return since(fault)
                .filter(it -> it.seconds() > 1 && it.from() < fault + TimeUnit.SECONDS.toNanos(30))
                .map(it -> (it.until() - fault) / 1e9)
                .sorted()
                .toList();
    }

    private Stream<Said> since(long moment) {
        return said.stream().filter(it -> it.until() > moment);
    }

    /** Returns when everyone has been answered once more. */
    void awaitAll() {
        var since = System.nanoTime();
        switchboard.SwitchboardProcess.await(
                "an answer for each customer",
                () -> since(since)
                                .filter(it -> it.from() > since)
                                .map(Said::customer)
                                .distinct()
                                .count()
                        == customers.size());
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
