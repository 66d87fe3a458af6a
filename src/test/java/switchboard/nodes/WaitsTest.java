package switchboard.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import switchboard.nodes.Waits.Said;

class WaitsTest {

    private static final long FAULT = at(100);

    /** One before the fault, two whom it kept waiting, one whom it didn't, one of much later. */
    private final Waits waits = new Waits(
            List.of(said(1, 10, 50), said(1, 99, 112), said(2, 101, 118), said(3, 100.5, 100.6), said(2, 140, 190)));

    private static long at(double seconds) {
        return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    private static Said said(int customer, double from, double until) {
        return new Said(customer, at(from), at(until));
    }

    @Test
    void the_longest_wait_is_that_of_whoever_still_waited_then() {
        assertThat(waits.longest(FAULT)).isEqualTo(50);
        assertThat(waits.longest(at(195))).isZero();
        assertThat(new Waits(waits.all().subList(0, 4)).longest(FAULT)).isEqualTo(17);
    }

    @Test
    void those_who_noticed_are_answered_again_so_long_after_the_fault() {
        assertThat(waits.recovered(FAULT)).containsExactly(12.0, 18.0);
    }

    @Test
    void only_what_was_begun_since_shows_that_somebody_is_answered_again() {
        assertThat(waits.answered(FAULT)).isEqualTo(2);
        assertThat(waits.answered(at(120))).isEqualTo(1);
    }
}
