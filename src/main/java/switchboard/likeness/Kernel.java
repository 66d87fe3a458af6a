package switchboard.likeness;

import java.util.Arrays;
import switchboard.learning.Watch;

/**
 * Answers by likeness: least squares on a Gaussian of the distances to all examples, one column a class. Far from all examples every
 * score is near the share that a class has of them.
 */
public final class Kernel {

    /** Of the squared distance of two points, in the exponent. */
    private static final float NARROWNESS = 1.5f;

    /** Of an example's say in its own place. */
    private static final float DOUBT = .2f;

    /** How many of the nearest examples say how near a message is. */
    private static final int NEAREST = 5;

    private final Points points;
    private final int classes;
    private final float[][] weights;
    private final float[] shares;

    /** Weights by point, then class. */
    public Kernel(Points points, int classes, float[][] weights, float[] shares) {
        this.points = points;
        this.classes = classes;
        this.weights = weights;
        this.shares = shares;
    }

    /** What was learned, and the inverse matrix for the last {@code held} points. */
    public record Lesson(Kernel kernel, Rest rest) {}

    /** Labels are 0 to {@code classes} - 1. */
    public static Lesson train(Points points, int[] labels, int classes, int held, Watch watch)
            throws InterruptedException {
        var shares = new float[classes];
        for (var label : labels) {
            shares[label] += 1f / labels.length;
        }
        var targets = new float[labels.length][];
        for (int i = 0; i < labels.length; i++) {
            targets[i] = target(labels[i], shares);
        }
        var factor = Factor.of(matrix(points, watch), watch);
        factor.solve(targets);
        var kernel = new Kernel(points, classes, targets, shares);
        return new Lesson(kernel, new Rest(kernel, labels, factor.inverse(held)));
    }

    static float[] target(int label, float[] shares) {
        var target = new float[shares.length];
        for (int one = 0; one < shares.length; one++) {
            target[one] = (one == label ? 1 : 0) - shares[one];
        }
        return target;
    }

    private static float[][] matrix(Points points, Watch watch) throws InterruptedException {
        var rows = new float[points.count()][];
        for (int i = 0; i < rows.length; i++) {
            if (i % 256 == 0) {
                watch.step("comparing", i, rows.length);
            }
            rows[i] = bells(Arrays.copyOfRange(points.likeness(points.point(i)), i, rows.length));
            rows[i][0] += DOUBT;
        }
        return rows;
    }

    private static float[] bells(float[] likeness) {
        for (int i = 0; i < likeness.length; i++) {
            likeness[i] = (float) Math.exp(NARROWNESS * 2 * (Math.min(likeness[i], 1) - 1));
        }
        return likeness;
    }

    public Points points() {
        return points;
    }

    public int classes() {
        return classes;
    }

    public float[][] weights() {
        return weights;
    }

    public float[] shares() {
        return shares;
    }

    /** What a vector is like: scores of each class, and how near the nearest examples are. */
    public Likeness like(float[] vector) {
        var likeness = points.likeness(points.point(vector));
        var nearness = nearness(likeness.clone());
        var scores = shares.clone();
        var bells = bells(likeness);
        for (int i = 0; i < bells.length; i++) {
            Blocks.add(scores, 0, weights[i], 0, bells[i], classes);
        }
        return new Likeness(scores, nearness);
    }

    /** Mean cosine of the nearest. */
    static float nearness(float[] likeness) {
        var count = Math.min(NEAREST, likeness.length);
        var best = new float[count];
        Arrays.fill(best, -1);
        for (var one : likeness) {
            if (one > best[0]) {
                var place = 0;
                while (place + 1 < count && best[place + 1] < one) {
                    best[place] = best[++place];
                }
                best[place] = one;
            }
        }
        var sum = 0f;
        for (var one : best) {
            sum += one / count;
        }
        return sum;
    }
}
