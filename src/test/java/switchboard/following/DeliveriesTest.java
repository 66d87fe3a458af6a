package switchboard.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import switchboard.following.Deliveries.Waits;

final class DeliveriesTest {

    private final Deliveries deliveries = new Deliveries("d-");

    @Test
    void complete_is_what_was_seen_wholly() {
        deliveries.due("d-0-1", 1_001);
        deliveries.due("d-0-2", 2_001);
        deliveries.seen(shown("d-0-2"), 2_501);

        assertThat(deliveries.complete()).isFalse();

        deliveries.seen(shown("d-0-1"), 1_301);

        assertThat(deliveries.complete()).isTrue();
        assertThat(deliveries.afterDue().nanos()).containsExactly(300L, 500L);
    }

    @Test
    void a_stream_that_is_before_the_acknowledgement_counts_below_zero() {
        deliveries.due("d-0-1", 1_001);
        deliveries.seen(shown("d-0-1"), 1_301);
        deliveries.acknowledged("d-0-1", 1_401);

        assertThat(deliveries.afterAcknowledgement().nanos()).containsExactly(-100L);
    }

    @Test
    void what_is_shown_twice_is_found() {
        deliveries.due("d-0-1", 1_001);
        deliveries.seen(shown("d-0-1"), 1_301);
        deliveries.seen(shown("d-0-1"), 1_501);

        assertThatThrownBy(deliveries::complete).hasMessageContaining("d-0-1");
    }

    @Test
    void others_are_passed_over() {
        deliveries.due("d-0-1", 1_001);
        deliveries.seen(shown("e-0-1"), 1_301);
        deliveries.seen("{\"code\":\"x\"}", 1_401);

        assertThat(deliveries.complete()).isFalse();
    }

    @Test
    void ninety_nine_of_a_hundred_waited_no_longer_than_the_p99() {
        var waits = new Waits(LongStream.rangeClosed(1, 100)
                .mapToObj(i -> (101 - i) * 1_000_000)
                .toList());

        assertThat(waits.millis(0.99)).isEqualTo(99);
        assertThat(waits.millis(0.5)).isEqualTo(50);
        assertThat(new Waits(List.of(7_000_000L)).millis(0.99)).isEqualTo(7);
    }

    private static String shown(String id) {
        return "{\"conversation\":\"c1\",\"event\":{\"seq\":3,\"data\":{\"id\":\"" + id + "\",\"text\":\"d-9\"}}}";
    }
}
