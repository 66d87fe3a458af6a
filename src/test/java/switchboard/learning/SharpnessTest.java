package switchboard.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SharpnessTest {

    @Test
    void of_what_is_answered_with_80_percent_8_in_10_are_right() {
        var asked = asked(8, 2);

        var sharpness = Sharpness.of(asked);

        assertThat(Softmax.of(Sharpness.scaled(new float[] {1, 0}, sharpness))[0])
                .isCloseTo(.8, Offset.offset(.001));
    }

    @Test
    void who_is_always_right_is_sure() {
        var sharpness = Sharpness.of(asked(10, 0));

        assertThat(Softmax.of(Sharpness.scaled(new float[] {1, 0}, sharpness))[0])
                .isGreaterThan(.999);
    }

    @Test
    void large_scores_do_not_overflow() {
        assertThat(Softmax.of(new double[] {1000, 0, -1000})).containsExactly(1, 0, 0);
    }

    private static List<Asked> asked(int right, int wrong) {
        var asked = new ArrayList<Asked>();
        for (int i = 0; i < right + wrong; i++) {
            asked.add(new Asked(new float[] {1, 0}, i < right ? 0 : 1));
        }
        return asked;
    }
}
