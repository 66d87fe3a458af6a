package switchboard.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.contract.JudgedClient;
import switchboard.play.PlayerProcess;
import switchboard.program.Progress;
import switchboard.senders.Verdict;
import switchboard.witness.Judge;
import switchboard.witness.Ledger;

/** I1 to I8 with agents, queues and readers on three nodes of which one is killed and one is stopped in order. */
@Tag("full")
@Tag("faults")
class NodesCrewIT {

    private static final Path STAR = Path.of("../shared/data/dialogues/star/parts");
    private static final List<String> JUDGED = List.of("I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I-out");

    private static final int CUSTOMERS = 32;

    @TempDir
    private Path folder;

    @Test
    void nobody_waits_in_vain_nobody_is_given_twice_and_no_reader_has_a_gap() throws Exception {
        var seed = Long.getLong("seed", System.nanoTime() % 1_000_000);
        Progress.say("seed " + seed);
        var random = new Random(seed);
        var outages = Files.createFile(folder.resolve("outages"));
        try (var nodes = new Nodes(folder, 3, Map.of());
                var ledger = new Ledger(folder.resolve("ledger"))) {
            nodes.startAll();
            var caller = JudgedClient.caller(nodes::address);
            try (var probe = new Probe(caller, ledger, CUSTOMERS, seed);
                    var player = PlayerProcess.start(wishes(nodes, outages), folder)) {
                player.awaitShare(0.3);
                kill(nodes, random.nextInt(nodes.count()), probe, outages);
                player.awaitShare(0.6);
                var stopped = random.nextInt(nodes.count());
                Progress.say("SIGTERM of node " + stopped);
                nodes.terminate(stopped);
                nodes.start(stopped);

                assertThat(player.exit()).as(player.output()).isZero();
                player.assertHolds(JUDGED);
                probe.finish();
            }
            Verdict.acquitted(new Judge(caller, ledger));
        }
    }

    /** Until all of the probe's customers, wherever their conversations were, are answered again, not all of the program can work. */
    private static void kill(Nodes nodes, int node, Probe probe, Path outages) throws IOException {
        var from = Instant.now();
        nodes.kill(node);
        Progress.say("kill -9 of node " + node);
        nodes.begin(node);
        probe.awaitAll();
        Files.writeString(outages, from + " " + Instant.now() + "\n", StandardOpenOption.APPEND);
        Progress.say("all are answered again");
        nodes.awaitReady(node);
    }

    /** Of STAR where it lies beside us, otherwise our own. */
    private static Map<String, String> wishes(Nodes nodes, Path outages) {
        var wishes = new LinkedHashMap<>(Map.of(
                "url", nodes.address().toString(),
                "agents", "50",
                "duplicates", "0.02",
                "retries", "0.01",
                "side-by-side", "48",
                "readers", "20",
                "outages", outages.toString()));
        wishes.putAll(
                Files.isDirectory(STAR)
                        ? Map.of("dialogues", STAR.toString(), "share", "0.08")
                        : Map.of("times", "32"));
        return wishes;
    }
}
