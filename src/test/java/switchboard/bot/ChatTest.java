package switchboard.bot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ChatTest {

    private final Talks talks = new Talks();

    @Test
    void a_customer_is_answered_and_handed_over_with_the_reasons_shown() throws IOException {
        var said = chat("Where is my parcel?\nI want to talk to a person\n\nnever read");

        assertThat(said)
                .containsSubsequence(
                        "I am software.",
                        "It left us on Monday.",
                        "[answer, intent status",
                        "Gladly: a colleague takes over.",
                        "[hand_over: requested",
                        "(a person takes over");
        assertThat(said.split("I am software", -1)).hasSize(2);
    }

    private String chat(String lines) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var mind = talks.mind();
        try (var out = new PrintStream(bytes, true, UTF_8)) {
            new Chat(() -> mind, InstantSource.fixed(Talks.NOON), out).run(new BufferedReader(new StringReader(lines)));
        }
        return bytes.toString(UTF_8);
    }
}
