package switchboard.likeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PointsTest {

    private static final int SIZE = 384;
    private static final int COUNT = 200;

    private final List<float[]> vectors = vectors(new Random(11));
    private final Points points = Points.of(vectors);

    @Test
    void cosines_are_those_of_what_was_given_but_for_what_bytes_round_off() {
        var point = points.point(vectors.get(3));

        var likeness = points.likeness(point);

        assertThat(likeness).hasSize(COUNT);
        for (int i = 0; i < COUNT; i++) {
            assertThat(likeness[i]).isCloseTo(cosine(point, points.point(vectors.get(i))), Offset.offset(.004f));
        }
    }

    @Test
    void what_was_given_lies_where_it_is_kept() {
        for (int i = 0; i < COUNT; i++) {
            assertThat(cosine(points.point(i), points.point(vectors.get(i)))).isCloseTo(1, Offset.offset(.01f));
        }
    }

    @Test
    void where_all_are_the_same_nothing_is_like_them() {
        var same = Points.of(List.of(vectors.getFirst(), vectors.getFirst()));

        assertThat(same.likeness(same.point(vectors.getLast()))).containsOnly(0);
    }

    private static List<float[]> vectors(Random random) {
        var vectors = new ArrayList<float[]>();
        for (int i = 0; i < COUNT; i++) {
            var vector = new float[SIZE];
            for (int d = 0; d < SIZE; d++) {
                vector[d] = (float) (random.nextGaussian() + (d < 10 ? 2 : 0)) / 20;
            }
            vectors.add(vector);
        }
        return vectors;
    }

    private static float cosine(float[] one, float[] other) {
        var product = 0.0;
        var squares = 0.0;
        var others = 0.0;
        for (int d = 0; d < one.length; d++) {
            product += one[d] * other[d];
            squares += one[d] * one[d];
            others += other[d] * other[d];
        }
        return (float) (product / Math.sqrt(squares * others));
    }
}
