package switchboard.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.play.PlayerProcess;
import switchboard.program.Progress;

/** I1 to I8 with agents, queues and readers on three nodes of which one is killed and one is stopped in order. */
@Tag("full")
@Tag("faults")
class NodesCrewIT {

    private static final Path STAR = Path.of("../shared/data/dialogues/star/parts");
    private static final List<String> JUDGED = List.of("I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I-out");

    @TempDir
    private Path folder;

    @Test
    void nobody_waits_in_vain_nobody_is_given_twice_and_no_reader_has_a_gap() throws Exception {
        var seed = Long.getLong("seed", System.nanoTime() % 1_000_000);
        Progress.say("seed " + seed);
        var random = new Random(seed);
        try (var nodes = new Nodes(folder, 3, Map.of())) {
            nodes.startAll();
            try (var player = PlayerProcess.start(wishes(nodes), folder)) {
                player.awaitShare(0.3);
                var killed = random.nextInt(nodes.count());
                nodes.kill(killed);
                Progress.say("kill -9 of node " + killed);
                nodes.start(killed);
                player.awaitShare(0.6);
                var stopped = random.nextInt(nodes.count());
                Progress.say("SIGTERM of node " + stopped);
                nodes.terminate(stopped);
                nodes.start(stopped);

                assertThat(player.exit()).as(player.output()).isZero();
                player.assertHolds(JUDGED);
            }
        }
    }

    /** Of STAR where it lies beside us, otherwise our own. */
    private static Map<String, String> wishes(Nodes nodes) {
        var wishes = new LinkedHashMap<>(Map.of(
                "url", nodes.address().toString(),
                "agents", "50",
                "duplicates", "0.02",
                "retries", "0.01",
                "side-by-side", "48",
                "readers", "20"));
        wishes.putAll(
                Files.isDirectory(STAR)
                        ? Map.of("dialogues", STAR.toString(), "share", "0.04")
                        : Map.of("times", "16"));
        return wishes;
    }
}
