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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;

/** Customers and the program's bot, which is killed in between: everybody is answered, and nobody by the bot who waits for a person. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BotPlayIT {

    private static final Path STAR = Path.of("../shared/data/dialogues/star/parts");
    private static final List<String> JUDGED = List.of("I1", "I2", "I3", "I4", "I7", "I8", "I12", "I-out");

    @TempDir
    private static Path folder;

    private static Theatre theatre;

    @BeforeAll
    static void start() throws IOException {
        theatre = new Theatre(folder, true);
        SwitchboardProcess.await("the bot has learned", () -> theatre.says("bot of local: knows"));
    }

    @AfterAll
    static void stop() {
        theatre.close();
    }

    /** A share of STAR where it lies beside us, otherwise our own so many times. */
    private static Map<String, String> customers(String share, String times) {
        var all = new LinkedHashMap<>(Map.of("agent", "false", "bot", "true", "side-by-side", "64", "speed", "30"));
        all.putAll(
                Files.isDirectory(STAR)
                        ? Map.of("dialogues", STAR.toString(), "share", share)
                        : Map.of("times", times));
        return all;
    }

    private static Map<String, String> repeating(Map<String, String> customers) {
        customers.putAll(Map.of("duplicates", "0.1", "retries", "0.01"));
        return customers;
    }

    private static Map<String, String> withAgents(Map<String, String> customers) {
        customers.put("agent", "true");
        return customers;
    }

    @Test
    @Order(1)
    void killed_in_between_everybody_is_answered_once_and_nothing_follows_a_hand_over() throws Exception {
        played(repeating(customers("0.006", "4")), true);
    }

    @Test
    @Order(2)
    void agents_and_the_bot_at_once_violate_nothing() throws Exception {
        played(withAgents(customers("0.006", "4")), false);
    }

    @Tag("full")
    @Test
    @Order(3)
    void customers_are_answered_each_of_their_messages_once() throws Exception {
        played(customers("0.03", "20"), false);
    }

    @Tag("full")
    @Test
    @Order(4)
    void killed_in_between_many_are_answered_once_and_nothing_follows_a_hand_over() throws Exception {
        played(repeating(customers("0.03", "20")), true);
    }

    @Tag("full")
    @Test
    @Order(5)
    void agents_and_the_bot_at_once_and_a_kill_in_between_violate_nothing() throws Exception {
        played(withAgents(customers("0.02", "20")), true);
    }

    @Tag("full")
    @Test
    @Order(6)
    void all_of_STAR_is_answered_and_a_kill_in_between_violates_nothing() throws Exception {
        assumeTrue(Files.isDirectory(STAR), "STAR does not lie beside us");
        var wishes = repeating(customers("1.0", "20"));
        wishes.put("speed", "90");
        played(wishes, true);
    }

    private static void played(Map<String, String> wishes, boolean killed) throws Exception {
        try (var player = theatre.player(wishes)) {
            if (killed) {
                player.awaitShare(0.4);
                theatre.kill();
            }
            assertThat(player.exit()).as(player.output()).isZero();
            player.assertHolds(JUDGED);
            assertThat(player.output()).contains("message to the bot's decision");
        }
    }
}
