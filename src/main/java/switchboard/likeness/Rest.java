package switchboard.likeness;

import java.util.ArrayList;
import java.util.List;
import switchboard.learning.Watch;

/**
 * What a kernel would say of some of its own examples if it had never seen them: exact, without learning anew (the block form of
 * leave-one-out).
 */
public final class Rest {

    private final Kernel kernel;
    private final int[] labels;
    private final float[][] inverse;

    /** {@code inverse} is of the last points. */
    Rest(Kernel kernel, int[] labels, float[][] inverse) {
        this.kernel = kernel;
        this.labels = labels;
        this.inverse = inverse;
    }

    /** The first point that can be left out. */
    public int first() {
        return labels.length - inverse.length;
    }

    /** Of each of {@code block}, which ascends, as if all of it were not there. Points are counted as in training. */
    public List<Likeness> without(int[] block) throws InterruptedException {
        var first = first();
        var rows = new float[block.length][];
        var sides = new float[block.length][];
        for (int i = 0; i < block.length; i++) {
            rows[i] = new float[block.length - i];
            for (int j = i; j < block.length; j++) {
                rows[i][j - i] = inverse[block[i] - first][block[j] - first];
            }
            sides[i] = kernel.weights()[block[i]].clone();
        }
        Factor.of(rows, Watch.NOBODY).solve(sides);
        var likeness = new ArrayList<Likeness>();
        for (int i = 0; i < block.length; i++) {
            likeness.add(new Likeness(unseen(labels[block[i]], sides[i]), nearness(block, block[i])));
        }
        return likeness;
    }

    private float[] unseen(int label, float[] error) {
        var scores = Kernel.target(label, kernel.shares());
        for (int one = 0; one < scores.length; one++) {
            scores[one] += kernel.shares()[one] - error[one];
        }
        return scores;
    }

    private float nearness(int[] block, int point) {
        var likeness = kernel.points().likeness(kernel.points().point(point));
        for (var other : block) {
            likeness[other] = -1;
        }
        return Kernel.nearness(likeness);
    }
}
