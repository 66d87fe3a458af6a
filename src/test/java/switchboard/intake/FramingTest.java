package switchboard.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.request.Fault;
import switchboard.request.Problem;

class FramingTest {

    private final Framing framing = new Framing(100, 200_000);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void lines_are_the_same_however_the_body_is_cut(int piece) {
        assertThat(all("{\"a\":1}\n{\"ä\":\"\uD83D\uDC4D\"}\r\n\n  \t\n{}", piece))
                .containsExactly("0 {\"a\":1}", "1 {\"ä\":\"\uD83D\uDC4D\"}\r", "4 {}");
    }

    @Test
    void the_last_newline_is_optional() {
        assertThat(all("a\nb", 10)).isEqualTo(all("a\nb\n", 10));
    }

    @Test
    void nothing_is_no_line() {
        assertThat(all("", 1)).isEmpty();
        assertThat(new Framing(1, 1).end()).isEmpty();
    }

    @Test
    void a_line_over_64_kib_is_refused_by_itself() {
        var long64 = "x".repeat(65_536);

        assertThat(all(long64 + "\n" + long64 + "x\nnext\n", 10_000))
                .containsExactly("0 " + long64, "1 event_too_large", "2 next");
    }

    @Test
    void a_last_line_over_64_kib_is_refused_too() {
        assertThat(all("a\n" + "x".repeat(65_537), 10_000)).containsExactly("0 a", "1 event_too_large");
    }

    @Test
    void a_line_that_breaks_off_is_dropped_and_a_last_one_says_why() {
        var lines = told(framing.add("a\nb\n{\"half".getBytes(UTF_8)));
        lines.addAll(told(framing.broken(new Problem(Fault.BODY_TOO_SLOW))));

        assertThat(lines).containsExactly("0 a", "1 b", "2 body_too_slow");
        assertThat(framing.end()).isEmpty();
        assertThat(framing.broken(new Problem(Fault.BAD_REQUEST))).isEmpty();
    }

    @Test
    void past_the_last_event_that_one_request_may_bring_nothing_is_read() {
        var text = "a\n\n".repeat(100) + "one more\nand another\n";

        var lines = into(framing, text, 50);

        assertThat(lines).hasSize(101).last().isEqualTo("200 too_many_events");
        assertThat(framing.ended()).isTrue();
        assertThat(framing.overflown()).isFalse();
    }

    @Test
    void past_the_bytes_that_one_request_may_bring_nothing_is_read() {
        var line = "x".repeat(49_999) + "\n";

        var lines = into(framing, line.repeat(4) + "\nnot\n", 50_000);

        assertThat(lines).hasSize(5).last().isEqualTo("4 body_too_large");
        assertThat(framing.overflown()).isTrue();
    }

    private static List<String> all(String text, int piece) {
        return into(new Framing(100, 200_000), text, piece);
    }

    private static List<String> into(Framing framing, String text, int piece) {
        var body = text.getBytes(UTF_8);
        var lines = new ArrayList<String>();
        for (int from = 0; from < body.length; from += piece) {
            lines.addAll(
                    told(framing.add(java.util.Arrays.copyOfRange(body, from, Math.min(body.length, from + piece)))));
        }
        lines.addAll(told(framing.end()));
        return lines;
    }

    private static List<String> told(List<Line> lines) {
        return new ArrayList<>(lines.stream()
                .map(line -> switch (line) {
                    case Line.Text it -> it.index() + " " + it.json().utf8String();
                    case Line.Bad it -> it.index() + " " + it.why().fault().code();
                    case Line.Event it -> throw new AssertionError("framing reads nothing: " + it.index());
                })
                .toList());
    }
}
