package switchboard.nodes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import switchboard.bench.HttpSender;
import switchboard.bench.Round;
import switchboard.program.Progress;

/**
 * What three nodes on this machine accept, and one of them, by turns on the same data; they share its processors. {@code mvn -B
 * test-compile exec:exec@nodes}, some six minutes.
 */
public final class Capacity {

    private static final int CONNECTIONS = 63;
    private static final int CUSTOMERS_EACH = 16;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final Duration WARM_UP = Duration.ofSeconds(60);

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
        Round.run(senders, WARM_UP, nodes.running(), nodes.database());
        var rounds = new ArrayList<Round>();
        for (int round = 0; round < ROUNDS; round++) {
            rounds.add(Round.run(senders, ROUND, nodes.running(), nodes.database()));
        }
        for (var sender : senders) {
            sender.close();
        }
        return rounds;
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
