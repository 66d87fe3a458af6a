package switchboard.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import switchboard.witness.Backoff;
import switchboard.witness.Caller;
import switchboard.witness.Ledger;
import switchboard.witness.Message;
import switchboard.witness.Sender;

/**
 * A gateway that posts its customers' messages many a request, mixed, and sends those again, in order, that were not
 * settled. By mistake it brings one line in ten twice in one request, and now and then an identity with other content.
 */
final class BulkGateway implements AutoCloseable, Sender.Watch {

    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final int CUSTOMERS = 12;
    private static final int MOST_LINES = 300;

    private final Sender sender;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> connections = new ArrayList<>();
    private final CountDownLatch enough = new CountDownLatch(1);
    private final Tally answers = new Tally("lines answered");
    private final Tally refusals = new Tally("requests or lines turned away");

    BulkGateway(Caller program, Ledger ledger) {
        this.sender = new Sender(program, ledger, this, PATIENCE);
    }

    /** Lets {@code count} connections post until {@link #finish}, each for customers of its own. */
    void open(int count, long seed) {
        for (int i = 0; i < count; i++) {
            var name = "bulk-" + seed + "-" + i + "-";
            var random = new Random(seed * 1_000 + i);
            connections.add(threads.submit(() -> {
                var said = new int[CUSTOMERS];
                while (enough.getCount() > 0) {
                    settle(request(name, said, random));
                }
                return null;
            }));
        }
    }

    Tally answers() {
        return answers;
    }

    Tally refusals() {
        return refusals;
    }

    @Override
    public void answered() {
        answers.add();
    }

    @Override
    public void turnedAway() {
        refusals.add();
    }

    /** Lets each connection finish what it has in hand. */
    void finish() throws ExecutionException, InterruptedException, TimeoutException {
        enough.countDown();
        for (var connection : connections) {
            connection.get(180, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        enough.countDown();
        threads.shutdownNow();
    }

    private static List<Message> request(String name, int[] said, Random random) {
        var lines = new ArrayList<Message>();
        var count = 1 + random.nextInt(MOST_LINES);
        while (lines.size() < count) {
            var customer = random.nextInt(CUSTOMERS);
            lines.add(Writing.message(name + customer, said[customer]++, random));
            var dice = random.nextInt(100);
            if (dice < 12) {
                var earlier = lines.get(random.nextInt(lines.size()));
                lines.add(dice < 10 ? earlier : earlier.forged());
            }
        }
        return lines;
    }

    private void settle(List<Message> request) throws Exception {
        var backoff = new Backoff(PATIENCE);
        var open = request;
        while (!open.isEmpty()) {
            var lines = open;
            var settled = sender.attemptAll(lines);
            open = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                if (settled.get(i).equals(Optional.empty())) {
                    open.add(lines.get(i));
                }
            }
            if (!open.isEmpty()) {
                backoff.pause();
            }
        }
    }
}
