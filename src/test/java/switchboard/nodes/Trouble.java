package switchboard.nodes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import switchboard.contract.JudgedClient;
import switchboard.program.Progress;
import switchboard.senders.RetryingGateway;
import switchboard.senders.Verdict;
import switchboard.witness.Judge;
import switchboard.witness.Judge.Judgement;
import switchboard.witness.Ledger;

/**
 * Three nodes, gateways that go on writing whatever happens to them, and customers whose waits are measured. {@code -Dseed=…} repeats
 * what is written and who is hit when; what meets what in time is another matter.
 */
final class Trouble implements AutoCloseable {

    private static final int GATEWAYS = 16;

    /** So that the machine has something left for a node that starts: as in any center that is prepared to lose one. */
    private static final Duration PAUSE = Duration.ofMillis(300);

    private static final int CUSTOMERS = 32;

    /** Something that befalls them and is over when it returns. */
    interface Fault {
        void happen() throws Exception;
    }

    private final long seed = Long.getLong("seed", System.nanoTime() % 1_000_000);
    private final Random random = new Random(seed);
    private final Ledger ledger;
    private final Nodes nodes;
    private final RetryingGateway gateway;
    private final Probe probe;
    private final Judge judge;

    Trouble(Path folder) throws Exception {
        this(folder, Map.of());
    }

    Trouble(Path folder, Map<String, String> env) throws Exception {
        Progress.say("seed " + seed);
        nodes = new Nodes(folder, 3, env);
        nodes.startAll();
        ledger = new Ledger(folder.resolve("ledger"));
        var caller = JudgedClient.caller(nodes::address);
        gateway = new RetryingGateway(caller, ledger);
        judge = new Judge(caller, ledger);
        gateway.open(GATEWAYS, seed, PAUSE);
        probe = new Probe(caller, ledger, CUSTOMERS, seed);
        probe.awaitAll();
    }

    long seed() {
        return seed;
    }

    Nodes nodes() {
        return nodes;
    }

    Probe probe() {
        return probe;
    }

    /** One of the nodes. */
    int any() {
        return random.nextInt(nodes.count());
    }

    /** One of the others. */
    int anyBut(Integer... some) {
        var others = IntStream.range(0, nodes.count())
                .filter(it -> !List.of(some).contains(it))
                .toArray();
        return others[random.nextInt(others.length)];
    }

    /** What that one takes from now on. */
    Upkeep upkeep(int node) {
        return new Upkeep(() -> Footprint.of(nodes.process(node).pid()), () -> pause(3));
    }

    /** A moment at random, up to so many milliseconds. */
    void moment(int most) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(most)));
    }

    static void pause(double seconds) {
        LockSupport.parkNanos((long) (seconds * 1e9));
    }

    /** Lets it happen; what customers saw of it, once each has been answered again. */
    Seen after(String what, Fault fault) throws Exception {
        moment(2_000);
        Progress.say(what);
        var before = probe.acknowledged();
        var start = System.nanoTime();
        fault.happen();
        probe.awaitAll();
        var seen = new Seen(
                what,
                probe.acknowledged() - before,
                probe.waits().longest(start),
                probe.waits().recovered(start));
        Progress.say(seen.toString());
        return seen;
    }

    /** What the customers of the probe saw. */
    record Seen(String what, long acknowledged, double longest, List<Double> recovered) {
        @Override
        public String toString() {
            return "%s: %d acknowledged, longest wait %.1f s, %d customers noticed, answered again after %s"
                    .formatted(
                            what,
                            acknowledged,
                            longest,
                            recovered.size(),
                            recovered.isEmpty()
                                    ? "-"
                                    : "p50 %.1f s, last %.1f s"
                                            .formatted(recovered.get(recovered.size() / 2), recovered.getLast()));
        }
    }

    /** Lets the clients finish and judges all that was said and stored. */
    Judgement judge() throws Exception {
        gateway.finish();
        probe.finish();
        gateway.repeat(20);
        return Verdict.acquitted(judge);
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        probe.close();
        nodes.close();
        ledger.close();
    }
}
