package switchboard.floor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import switchboard.custody.Shift;
import switchboard.custody.Span;
import switchboard.custody.Worker;

/** An agent counts as there, or as away, only for as long as it is beyond doubt. */
class TimecardTest {

    private final Timecard card = new Timecard();

    @Test
    void able_from_the_answer_until_she_asks_for_a_break() {
        card.connected();
        card.asks(true, at(1));
        card.says(true, at(2));
        card.asks(false, at(5));
        card.says(false, at(6));

        assertThat(shift().able()).containsExactly(span(2, 5));
        assertThat(shift().away()).containsExactly(span(6, 100));
    }

    @Test
    void away_from_the_answer_until_she_asks_to_be_there() {
        card.says(false, at(2));
        card.asks(true, at(5));
        card.says(true, at(6));

        assertThat(shift().away()).containsExactly(span(2, 5));
    }

    @Test
    void without_a_stream_nobody_is_able() {
        card.says(true, at(1));

        assertThat(shift().able()).isEmpty();
    }

    @Test
    void who_was_disconnected_is_able_once_she_has_said_so_again() {
        card.connected();
        card.says(true, at(1));
        card.disconnected(at(3));
        card.connected();
        card.says(true, at(7));

        assertThat(shift().able()).containsExactly(span(1, 3), span(7, 100));
    }

    @Test
    void who_does_not_respond_is_not_able_until_she_says_so_again() {
        card.connected();
        card.says(true, at(1));
        card.deaf(at(4));
        card.says(true, at(6));

        assertThat(shift().able()).containsExactly(span(1, 4), span(6, 100));
    }

    private Shift shift() {
        return card.shift(new Worker("ann", new TreeMap<>(Map.of()), Set.of(), Set.of(), 0, 0), at(100));
    }

    private static Span span(int from, int until) {
        return new Span(at(from), at(until));
    }

    private static Instant at(int second) {
        return Instant.ofEpochSecond(second);
    }
}
