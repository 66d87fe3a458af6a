package switchboard.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SequenceTest {

    private final Sequence sequence = new Sequence(4);

    @Test
    void the_last_of_a_run_is_known() {
        sequence.heard("5", "{}");
        sequence.heard("6", "{}");

        assertThat(sequence.last()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "5", "7"})
    void once_broken_it_stays_so(String next) {
        sequence.heard("5", "{}");
        sequence.heard(next, "{}");
        sequence.heard(Long.toString(Long.parseLong(next) + 1), "{}");

        assertThatThrownBy(sequence::last).hasMessageContaining(next + " after 5");
    }
}
