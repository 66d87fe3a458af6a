package switchboard.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The player as a process of its own against the whole program, which is killed in between. */
class PlayIT {

    private static final Path STAR = Path.of("../shared/data/dialogues/star/parts");
    private static final List<String> JUDGED = List.of("I1", "I2", "I3", "I4", "I7", "I8", "I-out");

    @TempDir
    private static Path folder;

    private static Theatre theatre;

    @BeforeAll
    static void start() throws IOException {
        theatre = new Theatre(folder);
    }

    @AfterAll
    static void stop() {
        theatre.close();
    }

    @Test
    void dialogues_are_played_to_the_end_at_the_speed_that_is_asked_for() throws Exception {
        try (var player = theatre.player(Map.of("speed", "40", "retries", "0.1"))) {
            assertThat(player.exit()).as(player.output()).isZero();

            assertThat(player.output()).contains("119 of 119 turns");
            player.assertHolds(JUDGED);
        }
    }

    /** A part of STAR where it lies beside us, otherwise our own. */
    @Test
    void full_speed_and_a_tenth_twice_and_a_kill_in_between_violate_nothing() throws Exception {
        killedInBetween(some("0.02", "12"));
    }

    @Tag("full")
    @Test
    void a_tenth_of_STAR_at_full_speed_and_a_kill_in_between_violate_nothing() throws Exception {
        killedInBetween(some("0.1", "60"));
    }

    @Tag("full")
    @Test
    void all_of_STAR_at_full_speed_and_a_kill_in_between_violate_nothing() throws Exception {
        assumeTrue(Files.isDirectory(STAR), "STAR does not lie beside us");

        killedInBetween(Map.of("dialogues", STAR.toString()));
    }

    private static Map<String, String> some(String share, String times) {
        return Files.isDirectory(STAR) ? Map.of("dialogues", STAR.toString(), "share", share) : Map.of("times", times);
    }

    private static void killedInBetween(Map<String, String> dialogues) throws Exception {
        var wishes = new LinkedHashMap<>(Map.of("duplicates", "0.1", "retries", "0.01", "side-by-side", "128"));
        wishes.putAll(dialogues);
        try (var player = theatre.player(wishes)) {
            player.awaitShare(0.4);
            theatre.kill();

            assertThat(player.exit()).as(player.output()).isZero();
            player.assertHolds(JUDGED);
        }
    }
}
