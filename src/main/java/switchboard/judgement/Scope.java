package switchboard.judgement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import switchboard.likeness.Likeness;

/**
 * How surely a message is of one of the classes, from several signs at once: likeness, nearness of examples, energy, margins. A logistic
 * regression on what was tried.
 */
public final class Scope {

    /** Signs of a message. */
    public static final int SIGNS = 6;

    private static final double[] USUAL = {0, 1, 1, .3, .3, .3, .3};
    private static final int FEWEST = 20;
    private static final int ROUNDS = 30;
    private static final double RIDGE = 1e-3;

    private final double[] middle;
    private final double[] spread;
    private final double[] weights;

    /** The first of the weights is the offset. */
    public Scope(double[] middle, double[] spread, double[] weights) {
        this.middle = middle;
        this.spread = spread;
        this.weights = weights;
    }

    public double[] middle() {
        return middle;
    }

    public double[] spread() {
        return spread;
    }

    public double[] weights() {
        return weights;
    }

    /** What is in scope and what is not count the same together; in {@code outside} there is no class. */
    public static Scope of(List<Trial> trials, Mix mix) {
        var signs = new ArrayList<double[]>();
        for (var trial : trials) {
            signs.add(signs(trial.grams(), trial.likeness(), mix));
        }
        var in = trials.stream().filter(trial -> trial.label() != Trial.NONE).count();
        var scope = scaled(signs);
        if (in >= FEWEST && trials.size() - in >= FEWEST) {
            for (int round = 0; round < ROUNDS; round++) {
                scope.improve(signs, trials, .5 / in, .5 / (trials.size() - in));
            }
        }
        return scope;
    }

    private static Scope scaled(List<double[]> signs) {
        var middle = new double[SIGNS];
        var spread = new double[SIGNS];
        Arrays.fill(spread, 1);
        if (signs.size() < FEWEST) {
            return new Scope(middle, spread, USUAL.clone());
        }
        for (int s = 0; s < SIGNS; s++) {
            var sign = s;
            middle[s] = signs.stream().mapToDouble(one -> one[sign]).average().orElse(0);
            var variance = signs.stream()
                    .mapToDouble(one -> (one[sign] - middle[sign]) * (one[sign] - middle[sign]))
                    .average()
                    .orElse(1);
            spread[s] = Math.sqrt(Math.max(variance, 1e-9));
        }
        return new Scope(middle, spread, USUAL.clone());
    }

    /** A step of Newton's. */
    private void improve(List<double[]> signs, List<Trial> trials, double inside, double outside) {
        var size = weights.length;
        var slope = new double[size];
        var bend = new double[size][size];
        for (int i = 0; i < trials.size(); i++) {
            var in = trials.get(i).label() != Trial.NONE;
            var x = standard(signs.get(i));
            var share = share(x);
            for (int a = 0; a < size; a++) {
                slope[a] += (in ? inside : outside) * ((in ? 1 : 0) - share) * x[a];
                for (int b = 0; b < size; b++) {
                    bend[a][b] += (in ? inside : outside) * share * (1 - share) * x[a] * x[b];
                }
            }
        }
        for (int a = 0; a < size; a++) {
            slope[a] -= a == 0 ? 0 : RIDGE * weights[a];
            bend[a][a] += RIDGE;
        }
        var step = solved(bend, slope);
        for (int a = 0; a < size; a++) {
            weights[a] += step[a];
        }
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

    /** From 0 to 1. */
    public double of(float[] grams, Likeness likeness, Mix mix) {
        return share(standard(signs(grams, likeness, mix)));
    }

    private double share(double[] x) {
        var sum = 0.0;
        for (int a = 0; a < weights.length; a++) {
            sum += weights[a] * x[a];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    private double[] standard(double[] signs) {
        var x = new double[SIGNS + 1];
        x[0] = 1;
        for (int s = 0; s < SIGNS; s++) {
            x[s + 1] = (signs[s] - middle[s]) / spread[s];
        }
        return x;
    }

    private static double[] signs(float[] grams, Likeness likeness, Mix mix) {
        var mixed = mix.of(grams, likeness.scores());
        var alike = top(likeness.scores());
        var words = top(grams);
        var shares = Softmax.of(mixed);
        Arrays.sort(shares);
        var best = shares[shares.length - 1];
        return new double[] {
            alike[0],
            likeness.nearness(),
            Math.log((best + 1e-6) / (1 - best + 1e-6)),
            Softmax.energy(mixed),
            words[0],
            words[0] - words[1]
        };
    }

    /** The two highest. */
    private static float[] top(float[] scores) {
        float[] top = {-9, -9};
        for (var score : scores) {
            if (score > top[0]) {
                top[1] = top[0];
                top[0] = score;
            } else if (score > top[1]) {
                top[1] = score;
            }
        }
        return top;
    }
}
