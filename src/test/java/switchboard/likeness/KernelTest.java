package switchboard.likeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class KernelTest {

    private static final int COUNT = 90;

    private final List<float[]> vectors = vectors(new Random(7));
    private final int[] labels = labels();

    @Test
    void what_lies_where_examples_lie_is_of_their_class() throws InterruptedException {
        var kernel = lesson(vectors, labels).kernel();

        for (int i = 0; i < COUNT; i++) {
            var scores = kernel.like(vectors.get(i)).scores();
            assertThat(scores[labels[i]]).isGreaterThan(.5f);
        }
    }

    @Test
    void what_it_says_without_some_examples_is_what_it_would_have_learned_without_them() throws InterruptedException {
        var points = Points.of(vectors);
        int[] block = {40, 41, 55, 60, 89};
        var said = Kernel.train(points, labels, 3, 50, (_, _, _) -> {}).rest().without(block);

        var anew = withoutBlock(block);

        for (int i = 0; i < block.length; i++) {
            var expected = anew.like(vectors.get(block[i]));
            assertThat(said.get(i).nearness()).isCloseTo(expected.nearness(), Offset.offset(.02f));
            for (int one = 0; one < 3; one++) {
                assertThat(said.get(i).scores()[one]).isCloseTo(expected.scores()[one], Offset.offset(.05f));
            }
        }
    }

    @Test
    void the_same_lesson_gives_the_same_weights() throws InterruptedException {
        var one = lesson(vectors, labels).kernel().weights();
        var other = lesson(vectors, labels).kernel().weights();

        assertThat(one).isDeepEqualTo(other);
    }

    @Test
    void the_factor_solves_what_it_was_made_of() throws InterruptedException {
        var size = 75;
        var random = new Random(3);
        var rows = new float[size][];
        for (int i = 0; i < size; i++) {
            rows[i] = new float[size - i];
            for (int j = 1; j < rows[i].length; j++) {
                rows[i][j] = random.nextFloat() / size;
            }
            rows[i][0] = 2;
        }
        var matrix = full(rows);
        var sides = new float[size][1];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                sides[i][0] += matrix[i][j] * j;
            }
        }

        Factor.of(rows, (_, _, _) -> {}).solve(sides);

        for (int j = 0; j < size; j++) {
            assertThat(sides[j][0]).isCloseTo(j, Offset.offset(.01f));
        }
    }

    private Kernel withoutBlock(int[] block) throws InterruptedException {
        var left = new ArrayList<float[]>();
        var theirs = new ArrayList<Integer>();
        for (int i = 0; i < COUNT; i++) {
            if (Arrays.binarySearch(block, i) < 0) {
                left.add(vectors.get(i));
                theirs.add(labels[i]);
            }
        }
        return lesson(left, theirs.stream().mapToInt(i -> i).toArray()).kernel();
    }

    private static Kernel.Lesson lesson(List<float[]> vectors, int[] labels) throws InterruptedException {
        return Kernel.train(Points.of(vectors), labels, 3, 10, (_, _, _) -> {});
    }

    private static float[][] full(float[][] rows) {
        var full = new float[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = i; j < rows.length; j++) {
                full[i][j] = full[j][i] = rows[i][j - i];
            }
        }
        return full;
    }

    private static List<float[]> vectors(Random random) {
        var vectors = new ArrayList<float[]>();
        for (int i = 0; i < COUNT; i++) {
            var vector = new float[20];
            for (int d = 0; d < vector.length; d++) {
                vector[d] = (float) random.nextGaussian() * .4f + (d == i % 3 ? 2 : 0);
            }
            vectors.add(vector);
        }
        return vectors;
    }

    private static int[] labels() {
        var labels = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            labels[i] = i % 3;
        }
        return labels;
    }
}
