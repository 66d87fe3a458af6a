package switchboard.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import switchboard.likeness.Likeness;

class MixTest {

    @Test
    void of_what_is_answered_with_80_percent_8_in_10_are_right() {
        var mix = Mix.of(trials(80, 20));

        var scores = mix.of(new float[] {1, 0}, new float[] {.5f, 0});
        assertThat(Softmax.of(scores)[0]).isCloseTo(.8, Offset.offset(.001));
    }

    @Test
    void who_is_always_right_is_sure() {
        var mix = Mix.of(trials(100, 0));

        assertThat(Softmax.of(mix.of(new float[] {1, 0}, new float[] {.5f, 0}))[0])
                .isGreaterThan(.999);
    }

    @Test
    void who_knows_more_counts_more() {
        var trials = new ArrayList<Trial>();
        for (int i = 0; i < 100; i++) {
            var wrong = i % 2;
            var likeness = i % 20 == 0 || i % 20 == 5 ? new float[] {.1f, .9f} : new float[] {.9f, .1f};
            trials.add(new Trial(new float[] {1 - wrong, wrong}, new Likeness(likeness, 1), 0));
        }

        var mix = Mix.of(trials);

        assertThat(mix.likeness()).isGreaterThan(10 * mix.grams());
    }

    @Test
    void from_a_few_trials_nothing_is_concluded() {
        assertThat(Mix.of(trials(10, 9))).isEqualTo(Mix.of(List.of()));
    }

    @Test
    void large_scores_do_not_overflow() {
        assertThat(Softmax.of(new double[] {1000, 0, -1000})).containsExactly(1, 0, 0);
    }

    static List<Trial> trials(int right, int wrong) {
        var trials = new ArrayList<Trial>();
        for (int i = 0; i < right + wrong; i++) {
            trials.add(new Trial(new float[] {1, 0}, new Likeness(new float[] {.5f, 0}, .8f), i < right ? 0 : 1));
        }
        return trials;
    }
}
