package switchboard.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import switchboard.evaluation.Figures.Answer;

class FiguresTest {

    @Test
    void accuracy_counts_what_is_in_scope_and_what_is_not() {
        var figures = Figures.of(List.of(
                new Answer(true, true, true, .9),
                new Answer(true, false, true, .8),
                new Answer(true, true, false, .3),
                new Answer(false, false, false, .2),
                new Answer(false, false, true, .7)));

        assertThat(figures.accuracy()).isEqualTo(2 / 5.0);
        assertThat(figures.inScope()).isEqualTo(1 / 3.0);
        assertThat(figures.best()).isEqualTo(2 / 3.0);
        assertThat(figures.recall()).isEqualTo(1 / 2.0);
        assertThat(figures.precision()).isEqualTo(1 / 2.0);
        assertThat(figures.auroc()).isEqualTo(5 / 6.0);
    }

    @Test
    void where_scope_always_tells_the_area_is_1_and_where_it_never_does_a_half() {
        assertThat(Figures.of(List.of(scope(true, .9), scope(true, .8), scope(false, .1)))
                        .auroc())
                .isEqualTo(1);
        assertThat(Figures.of(List.of(scope(true, .5), scope(false, .5), scope(false, .5)))
                        .auroc())
                .isEqualTo(.5);
    }

    @Test
    void the_curve_says_what_is_left_in_scope_at_a_recall() {
        var answers = new ArrayList<Answer>();
        for (int i = 0; i < 10; i++) {
            answers.add(scope(false, i / 20.0));
            answers.add(scope(true, .31 + i / 20.0));
        }

        var figures = Figures.of(answers);

        assertThat(figures.curve()).containsExactly(1.0, .9, .9, .8);
    }

    @Test
    void what_cannot_be_told_is_not_a_number() {
        var figures = Figures.of(List.of(scope(true, .5)));

        assertThat(figures.recall()).isNaN();
        assertThat(figures.auroc()).isNaN();
        assertThat(figures.curve()).containsOnly(Double.NaN);
    }

    private static Answer scope(boolean inScope, double scope) {
        return new Answer(inScope, inScope, true, scope);
    }
}
