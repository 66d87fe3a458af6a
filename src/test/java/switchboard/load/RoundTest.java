package switchboard.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RoundTest {

    /** One to a hundred milliseconds. */
    private static final List<Long> HUNDRED =
            LongStream.rangeClosed(1, 100).map(it -> it * 1_000_000).boxed().toList();

    @Test
    void a_percentile_is_the_least_that_so_many_do_not_exceed() {
        assertThat(Round.percentile(HUNDRED, 0.5)).isEqualTo(50);
        assertThat(Round.percentile(HUNDRED, 0.99)).isEqualTo(99);
        assertThat(Round.percentile(HUNDRED, 0.995)).isEqualTo(100);
        assertThat(Round.percentile(HUNDRED, 1)).isEqualTo(100);
        assertThat(Round.percentile(HUNDRED, 0)).isEqualTo(1);
    }

    @Test
    void of_a_single_wait_each_percentile_is_that_wait() {
        assertThat(Round.percentile(List.of(2_500_000L), 0.99)).isEqualTo(2.5);
    }

    @Test
    void a_median_of_three_is_the_middle_one() {
        assertThat(Round.percentile(List.of(1_000_000L, 2_000_000L, 9_000_000L), 0.5))
                .isEqualTo(2);
    }
}
