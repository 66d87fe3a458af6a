package switchboard.judgement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import switchboard.judgement.Logistic.Point;
import switchboard.likeness.Likeness;

/**
 * How surely a message is of one of the classes, from several signs at once: likeness, nearness of examples, energy, margins. A logistic
 * regression on what was tried.
 */
public final class Scope {

    /** Signs of a message. */
    public static final int SIGNS = 6;

    /** Of signs as they are, where there is nothing to compare them with. */
    private static final double[] USUAL = {0, 1, 1, .3, .3, .3, .3};

    /** Of signs that were compared: what is expected of them before anything was tried. */
    private static final double[] EXPECTED = {0, .5, 1, .5, 1, .3, .1};

    private static final int FEWEST = 20;

    /** How hard it is to lead the weights away from what is expected: intents that were held back are not all that is unknown. */
    private static final double RIDGE = .1;

    /** The same for how sure all of it makes. */
    private static final double LOOSE = .001;

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
        return in >= FEWEST && trials.size() - in >= FEWEST ? scope.learned(signs, trials, in) : scope;
    }

    private Scope learned(List<double[]> signs, List<Trial> trials, long in) {
        var points = new ArrayList<Point>();
        for (int i = 0; i < signs.size(); i++) {
            var inside = trials.get(i).label() != Trial.NONE;
            points.add(new Point(standard(signs.get(i)), inside, .5 / (inside ? in : trials.size() - in)));
        }
        var learned = Logistic.fit(points, EXPECTED, RIDGE);
        var along = points.stream().map(point -> point.along(learned)).toList();
        var sure = Logistic.fit(along, new double[] {0, 1}, LOOSE);
        if (sure[1] <= 0) {
            return new Scope(middle, spread, learned);
        }
        for (int a = 0; a < learned.length; a++) {
            learned[a] = learned[a] * sure[1] + (a == 0 ? sure[0] : 0);
        }
        return new Scope(middle, spread, learned);
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
        return new Scope(middle, spread, EXPECTED.clone());
    }

    /** From 0 to 1. */
    public double of(float[] grams, Likeness likeness, Mix mix) {
        return Logistic.share(Logistic.sum(weights, standard(signs(grams, likeness, mix))));
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
