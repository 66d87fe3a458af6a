package switchboard.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import switchboard.likeness.Likeness;

class ScopeTest {

    private static final float[] GRAMS = {.5f, -.5f};

    private final Mix mix = new Mix(1, 8);

    @Test
    void what_is_far_from_all_examples_is_less_surely_in_scope_than_what_is_near() {
        var scope = Scope.of(MixTest.trials(5, 0), mix);

        assertThat(scope.of(GRAMS, likeness(.9f, .9f), mix)).isGreaterThan(scope.of(GRAMS, likeness(.1f, .2f), mix));
    }

    @Test
    void the_sign_that_tells_is_the_one_that_counts() {
        var trials = new ArrayList<Trial>();
        for (int i = 0; i < 100; i++) {
            var noise = i % 10 / 100f;
            trials.add(new Trial(GRAMS, likeness(.5f + noise, .8f + noise), 0));
            trials.add(new Trial(GRAMS, likeness(.5f + noise, .3f + noise), Trial.NONE));
        }

        var scope = Scope.of(trials, mix);

        assertThat(scope.of(GRAMS, likeness(.5f, .8f), mix)).isGreaterThan(.9);
        assertThat(scope.of(GRAMS, likeness(.5f, .3f), mix)).isLessThan(.1);
    }

    private static Likeness likeness(float score, float nearness) {
        return new Likeness(new float[] {score, .1f}, nearness);
    }
}
