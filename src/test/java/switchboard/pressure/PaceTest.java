package switchboard.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long MILLISECOND = 1_000_000;

    @Test
    void events_are_due_evenly_until_the_end() {
        var pace = new Pace(4, 7, Duration.ofSeconds(1));

        var due = new ArrayList<Long>();
        while (!pace.over(7)) {
            due.add(pace.due());
            pace.sent();
        }

        assertThat(due)
                .containsExactlyElementsOf(
                        List.of(7L, 7 + 250 * MILLISECOND, 7 + 500 * MILLISECOND, 7 + 750 * MILLISECOND));
        assertThat(pace.unsent()).isZero();
    }

    @Test
    void what_was_sent_late_moves_nothing_and_what_was_not_sent_is_counted() {
        var pace = new Pace(1_000, 0, Duration.ofSeconds(2));
        for (int i = 0; i < 500; i++) {
            pace.sent();
        }

        assertThat(pace.due()).isEqualTo(500 * MILLISECOND);
        assertThat(pace.over(1_999 * MILLISECOND)).isFalse();
        assertThat(pace.over(2_000 * MILLISECOND)).isTrue();
        assertThat(pace.unsent()).isEqualTo(1_500);
    }

    @Test
    void without_a_bound_one_is_always_due() {
        var pace = new Pace(Double.POSITIVE_INFINITY, 3, Duration.ofSeconds(1));
        pace.sent();
        pace.sent();

        assertThat(pace.due()).isEqualTo(3);
        assertThat(pace.unsent()).isZero();
    }
}
