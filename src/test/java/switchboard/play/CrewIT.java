package switchboard.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred simulated agents take what is escalated, over HTTP, while the whole program is killed. */
class CrewIT {

    private static final Path STAR = Path.of("../shared/data/dialogues/star/parts");
    private static final List<String> JUDGED = List.of("I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I-out");

    private static final List<Double> TWICE = List.of(0.3, 0.6);

    @TempDir
    private Path folder;

    @Test
    void a_fiftieth_is_answered_and_a_kill_in_between_violates_nothing() throws Exception {
        answered(some("0.02", "8"), List.of(0.4));
    }

    @Tag("full")
    @Test
    void a_tenth_is_answered_and_two_kills_in_between_violate_nothing() throws Exception {
        answered(some("0.1", "40"), TWICE);
    }

    @Tag("full")
    @Test
    void all_of_STAR_is_answered_and_two_kills_in_between_violate_nothing() throws Exception {
        assumeTrue(Files.isDirectory(STAR), "STAR does not lie beside us");

        answered(Map.of("dialogues", STAR.toString()), TWICE);
    }

    /** Of STAR where it lies beside us, otherwise our own. */
    private static Map<String, String> some(String share, String times) {
        return Files.isDirectory(STAR) ? Map.of("dialogues", STAR.toString(), "share", share) : Map.of("times", times);
    }

    private void answered(Map<String, String> dialogues, List<Double> kills) throws Exception {
        var wishes = new LinkedHashMap<>(Map.of(
                "agents", "100", "duplicates", "0.02", "retries", "0.01", "side-by-side", "64", "readers", "20"));
        wishes.putAll(dialogues);
        try (var theatre = new Theatre(folder);
                var player = theatre.player(wishes)) {
            for (var share : kills) {
                player.awaitShare(share);
                theatre.kill();
            }

            assertThat(player.exit()).as(player.output()).isZero();
            player.assertHolds(JUDGED);
        }
    }
}
