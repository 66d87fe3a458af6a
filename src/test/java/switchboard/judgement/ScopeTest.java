package switchboard.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
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

    @Test
    void where_hardly_anything_is_doubtful_the_weights_stay_small_and_the_order_stays_right() {
        var trials = new ArrayList<Trial>();
        for (int i = 0; i < 1_000; i++) {
            trials.add(new Trial(GRAMS, likeness(.7f + i % 100 / 400f, .8f + i % 7 / 100f), 0));
        }
        for (int i = 0; i < 20; i++) {
            trials.add(new Trial(GRAMS, likeness(.1f + i / 500f, .2f + i / 500f), Trial.NONE));
        }

        var scope = Scope.of(trials, mix);

        assertThat(Arrays.stream(scope.weights()).boxed()).allMatch(weight -> Math.abs(weight) < 20);
        assertThat(scope.of(GRAMS, likeness(.8f, .85f), mix)).isGreaterThan(scope.of(GRAMS, likeness(.6f, .7f), mix));
        assertThat(scope.of(GRAMS, likeness(.6f, .7f), mix)).isGreaterThan(scope.of(GRAMS, likeness(.1f, .2f), mix));
    }

    @Test
    void what_a_few_trials_say_by_chance_does_not_turn_a_sign_around() {
        var trials = new ArrayList<Trial>();
        for (int i = 0; i < 20; i++) {
            trials.add(new Trial(GRAMS, likeness(.5f, .5f + i % 5 / 100f), 0));
            trials.add(new Trial(GRAMS, likeness(.5f, .5f + (i + 1) % 5 / 100f), Trial.NONE));
        }

        var scope = Scope.of(trials, mix);

        assertThat(scope.of(GRAMS, likeness(.5f, .6f), mix)).isGreaterThan(scope.of(GRAMS, likeness(.5f, .4f), mix));
    }

    private static Likeness likeness(float score, float nearness) {
        return new Likeness(new float[] {score, .1f}, nearness);
    }
}
