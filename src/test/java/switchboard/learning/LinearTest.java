package switchboard.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearTest {

    private static final List<String> TEXTS =
            List.of("where is it", "where are you", "pay me", "pay now", "how big", "how small");
    private static final int[] LABELS = {0, 0, 1, 1, 2, 2};

    private final Grams grams = Grams.of(TEXTS);
    private final List<Sparse> vectors = TEXTS.stream().map(grams::vector).toList();

    @Test
    void what_was_learned_is_known() throws InterruptedException {
        var linear = Linear.train(vectors, LABELS, 3, grams.size(), (_, _, _) -> {});

        var scores = linear.scores(grams.vector("how large"));
        assertThat(scores[2]).isGreaterThan(scores[0]).isGreaterThan(scores[1]);
        assertThat(linear.scores(grams.vector("where"))[0]).isGreaterThan(linear.scores(grams.vector("where"))[1]);
    }

    @Test
    void the_same_lesson_gives_the_same_weights() throws InterruptedException {
        var one = Linear.train(vectors, LABELS, 3, grams.size(), (_, _, _) -> {});
        var other = Linear.train(vectors, LABELS, 3, grams.size(), (_, _, _) -> {});

        assertThat(one.weights()).containsExactly(other.weights());
    }

    @Test
    void each_class_is_a_step() throws InterruptedException {
        var steps = new ArrayList<String>();

        Linear.train(vectors, LABELS, 3, grams.size(), (_, done, all) -> steps.add(done + "/" + all));

        assertThat(steps).containsExactly("0/3", "1/3", "2/3");
    }

    @Test
    void it_ends_where_its_thread_is_interrupted() {
        assertThatThrownBy(() -> Linear.train(vectors, LABELS, 3, grams.size(), (_, done, _) -> {
                    assertThat(done).isZero();
                    Thread.currentThread().interrupt();
                }))
                .isInstanceOf(InterruptedException.class);
    }
}
