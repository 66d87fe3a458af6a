package switchboard.nodes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import switchboard.load.HttpSender;
import switchboard.load.Round;
import switchboard.program.Progress;

/**
 * What three nodes on this machine accept, and one of them, by turns on the same data; they share its processors. {@code mvn -B
 * test-compile exec:exec@nodes}, some 20 minutes.
 */
public final class Capacity {

    private static final int CONNECTIONS = 63;
    private static final int CUSTOMERS_EACH = 16;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    /** So many stretches of warming up that were no faster than one before. */
    private static final int STEADY = 4;

    private static final int MOST = 36;

    private final Nodes nodes;
    private int turns;

    private Capacity(Nodes nodes) {
        this.nodes = nodes;
    }

    public static void main(String[] args) throws Exception {
        var folder = Files.createTempDirectory("switchboard-capacity");
        // What is measured is not the bound on a gateway that has run wild.
        try (var nodes = new Nodes(folder, 3, Map.of("SWITCHBOARD_INTAKE_RATE", "1000000"))) {
            new Capacity(nodes).run();
        } finally {
            delete(folder);
        }
        // The client's threads need not be waited for.
        System.exit(0);
    }

    private void run() throws Exception {
        nodes.startAll();
        var first = turn(3);
        nodes.terminate(1);
        nodes.terminate(2);
        var one = turn(1);
        nodes.start(1);
        nodes.start(2);
        var second = turn(3);
        System.out.printf(
                "%nevents of 200 characters, one a request, %d in flight, medians of %d rounds:%n%s%n%s%n%s%n",
                CONNECTIONS, ROUNDS, line(3, first), line(1, one), line(3, second));
    }

    private List<Round> turn(int count) throws Exception {
        Progress.say(count + " nodes");
        var turn = turns++;
        var senders = new ArrayList<HttpSender>();
        for (int i = 0; i < CONNECTIONS; i++) {
            senders.add(new HttpSender(
                    nodes.address(i % count), "turn-" + turn, "capacity-" + turn + "-" + i, CUSTOMERS_EACH));
        }
        warmUp(senders);
        var rounds = new ArrayList<Round>();
        for (int round = 0; round < ROUNDS; round++) {
            rounds.add(Round.run(senders, ROUND, nodes.running(), nodes.database()));
        }
        var again = senders.stream().mapToInt(HttpSender::again).sum();
        Progress.say("%d nodes: told to come again %d times, also while warming up".formatted(count, again));
        for (var sender : senders) {
            sender.close();
        }
        return rounds;
    }

    /** Until it gets no faster: three that share two cores take several minutes to compile what one does in one. */
    private void warmUp(List<HttpSender> senders) throws Exception {
        var best = 0.0;
        var since = 0;
        for (int i = 0; i < MOST && since < STEADY; i++) {
            var rate = Round.run(senders, WARM_UP, nodes.running(), nodes.database())
                    .eventsPerSecond();
            Progress.say("warming up: %,.0f a second".formatted(rate));
            since = rate > 1.03 * best ? 0 : since + 1;
            best = Math.max(best, rate);
        }
    }

    private static String line(int count, List<Round> rounds) {
        return "%d: %,.0f a second; CPU of an event: nodes %.2f, Cassandra %.2f ms; acknowledged p50 %.0f, p99 %.0f ms"
                .formatted(
                        count,
                        Round.median(rounds, Round::eventsPerSecond),
                        Round.median(rounds, Round::programPerEvent),
                        Round.median(rounds, Round::cassandraPerEvent),
                        Round.median(rounds, it -> it.wait(.5)),
                        Round.median(rounds, it -> it.wait(.99)));
    }

    private static void delete(Path folder) throws Exception {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
