package switchboard.judgement;

import java.util.List;

/** A logistic regression that is led away from what is expected only as far as the points insist. Without chance. */
final class Logistic {

    private static final int ROUNDS = 30;
    private static final int HALVES = 12;

    /** So that a step can be told where all is certain. */
    private static final double TINY = 1e-9;

    private final List<Point> points;
    private final double[] expected;
    private final double ridge;
    private final double[] weights;

    /** The first of {@code x} is 1; {@code counts} of all points sum to 1. */
    static final class Point {

        private final double[] x;
        private final boolean inside;
        private final double counts;

        Point(double[] x, boolean inside, double counts) {
            this.x = x;
            this.inside = inside;
            this.counts = counts;
        }

        /** The same, seen along {@code weights} only. */
        Point along(double[] weights) {
            return new Point(new double[] {1, sum(weights, x)}, inside, counts);
        }
    }

    private Logistic(List<Point> points, double[] expected, double ridge) {
        this.points = points;
        this.expected = expected;
        this.ridge = ridge;
        this.weights = expected.clone();
    }

    /** Weights; the first is the offset, of which nothing is expected. */
    static double[] fit(List<Point> points, double[] expected, double ridge) {
        var logistic = new Logistic(points, expected, ridge);
        for (int round = 0; round < ROUNDS; round++) {
            logistic.improve();
        }
        return logistic.weights;
    }

    /** A step of Newton's, halved until it leads down: where hardly anything is doubtful a whole one leads far beyond. */
    private void improve() {
        var size = weights.length;
        var slope = new double[size];
        var bend = new double[size][size];
        for (var point : points) {
            var share = share(sum(weights, point.x));
            for (int a = 0; a < size; a++) {
                slope[a] += point.counts * ((point.inside ? 1 : 0) - share) * point.x[a];
                for (int b = 0; b < size; b++) {
                    bend[a][b] += point.counts * share * (1 - share) * point.x[a] * point.x[b];
                }
            }
        }
        bend[0][0] += TINY;
        for (int a = 1; a < size; a++) {
            slope[a] -= ridge * (weights[a] - expected[a]);
            bend[a][a] += ridge;
        }
        descend(solved(bend, slope));
    }

    private void descend(double[] step) {
        var before = weights.clone();
        var surprise = surprise();
        for (int half = 0; half < HALVES; half++) {
            for (int a = 0; a < weights.length; a++) {
                weights[a] = before[a] + step[a] / (1 << half);
            }
            if (surprise() <= surprise) {
                return;
            }
        }
        System.arraycopy(before, 0, weights, 0, before.length);
    }

    private double surprise() {
        var surprise = 0.0;
        for (int a = 1; a < weights.length; a++) {
            surprise += ridge / 2 * (weights[a] - expected[a]) * (weights[a] - expected[a]);
        }
        for (var point : points) {
            var wrong = (point.inside ? -1 : 1) * sum(weights, point.x);
            surprise += point.counts * (Math.max(wrong, 0) + Math.log1p(Math.exp(-Math.abs(wrong))));
        }
        return surprise;
    }

    /** Gauss, without pivots: the matrix is positive definite. */
    private static double[] solved(double[][] matrix, double[] side) {
        for (int p = 0; p < side.length; p++) {
            for (int i = p + 1; i < side.length; i++) {
                var factor = matrix[i][p] / matrix[p][p];
                for (int j = p; j < side.length; j++) {
                    matrix[i][j] -= factor * matrix[p][j];
                }
                side[i] -= factor * side[p];
            }
        }
        for (int p = side.length - 1; p >= 0; p--) {
            for (int j = p + 1; j < side.length; j++) {
                side[p] -= matrix[p][j] * side[j];
            }
            side[p] /= matrix[p][p];
        }
        return side;
    }

    static double sum(double[] weights, double[] x) {
        var sum = 0.0;
        for (int a = 0; a < weights.length; a++) {
            sum += weights[a] * x[a];
        }
        return sum;
    }

    static double share(double sum) {
        return 1 / (1 + Math.exp(-sum));
    }
}
