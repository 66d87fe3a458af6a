package switchboard.senders;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
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
public final class BulkGateway implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final int CUSTOMERS = 12;
    private static final int MOST_LINES = 300;

    private final Sender sender;
    private final Crowd connections = new Crowd();
    private final Heard heard = new Heard("lines");

    public BulkGateway(Caller program, Ledger ledger) {
        this.sender = new Sender(program, ledger, heard, PATIENCE);
    }

    /** Lets {@code count} connections post until {@link #finish}, each for customers of its own. */
    public void open(int count, long seed) {
        for (int i = 0; i < count; i++) {
            var name = "bulk-" + seed + "-" + i + "-";
            var random = new Random(seed * 1_000 + i);
            var said = new int[CUSTOMERS];
            connections.add(() -> settle(request(name, said, random)));
        }
    }

    public Tally answers() {
        return heard.answers;
    }

    public Tally refusals() {
        return heard.refusals;
    }

    /** Lets each connection finish what it has in hand. */
    public void finish() throws ExecutionException, InterruptedException, TimeoutException {
        connections.finish();
    }

    @Override
    public void close() {
        connections.close();
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
