package switchboard.following;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import switchboard.following.Paced.Turns;

final class PacedTest {

    @Test
    void three_clients_send_seven_a_second_evenly_without_drift() {
        var due = LongStream.range(0, 7_000_000)
                .filter(event -> event < 8 || event >= 6_999_992)
                .map(event -> new Turns(5, 7, (int) (event % 3), 3).due(event / 3))
                .toArray();

        assertThat(due)
                .startsWith(
                        5, 142_857_147, 285_714_290, 428_571_433, 571_428_576, 714_285_719, 857_142_862, 1_000_000_005)
                .endsWith(999_999_857_142_862L)
                .isSorted();
    }

    @Test
    void a_rate_of_one_client_is_the_whole_rate() {
        assertThat(new Turns(0, 200, 0, 1).due(200)).isEqualTo(1_000_000_000);
    }
}
