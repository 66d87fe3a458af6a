package switchboard.floor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import switchboard.custody.Custody.Spread;
import switchboard.custody.Span;

/** The figures of a run are of what did not fall into an outage, and say how much did. */
class DelaysTest {

    private Instant now = Instant.ofEpochMilli(1_000);
    private final Delays delays = new Delays(() -> now);

    @Test
    void half_were_faster_than_the_median_and_one_in_a_hundred_slower_than_p99() {
        for (int i = 1; i <= 200; i++) {
            delays.seen(span(1_000L * i, i));
        }

        var summary = delays.summary(List.of());

        assertThat(summary)
                .isEqualTo(new Delays.Summary(
                        new Spread(200, Duration.ofMillis(100), Duration.ofMillis(198), Duration.ofMillis(200)), 0));
    }

    @Test
    void what_an_outage_delayed_is_left_out() {
        delays.seen(span(0, 10));
        delays.seen(span(1_000, 9_000));

        var summary = delays.summary(List.of(span(5_000, 2_000)));

        assertThat(summary.judged().count()).isEqualTo(1);
        assertThat(summary.leftOut()).isEqualTo(1);
        assertThat(summary.judged().longest()).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void only_the_first_offer_counts() {
        delays.asked("ca");
        now = now.plusMillis(30);
        delays.seen("ca");
        now = now.plusMillis(500);
        delays.seen("ca");

        assertThat(delays.summary(List.of()).judged().count()).isEqualTo(1);
        assertThat(delays.summary(List.of()).judged().longest()).isEqualTo(Duration.ofMillis(30));
    }

    private static Span span(long from, long millis) {
        return new Span(Instant.ofEpochMilli(from), Instant.ofEpochMilli(from + millis));
    }
}
