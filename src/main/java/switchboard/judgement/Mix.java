package switchboard.judgement;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * How much the scores by pieces of words and those by likeness count, so that their sum says how often it is right: the two factors that make
 * what was tried most likely.
 */
public record Mix(double grams, double likeness) {

    private static final Mix USUAL = new Mix(3, 8);
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final double LEAST = .02;
    private static final double MOST = 100;
    private static final int ROUNDS = 25;
    private static final int TURNS = 6;

    /** With fewer trials than this nothing can be told from them. */
    private static final int FEWEST = 20;

    /** Of the trials that have a class. */
    public static Mix of(List<Trial> trials) {
        var known = trials.stream().filter(trial -> trial.label() != Trial.NONE).toList();
        var mix = USUAL;
        for (int turn = 0; turn < TURNS && known.size() >= FEWEST; turn++) {
            var before = mix;
            mix = new Mix(best(factor -> new Mix(factor, before.likeness).surprise(known)), mix.likeness);
            var half = mix;
            mix = new Mix(mix.grams, best(factor -> new Mix(half.grams, factor).surprise(known)));
        }
        return mix;
    }

    private static double best(DoubleUnaryOperator surprise) {
        var low = Math.log(LEAST);
        var high = Math.log(MOST);
        for (int round = 0; round < ROUNDS; round++) {
            var left = high - GOLDEN * (high - low);
            var right = low + GOLDEN * (high - low);
            if (surprise.applyAsDouble(Math.exp(left)) < surprise.applyAsDouble(Math.exp(right))) {
                high = right;
            } else {
                low = left;
            }
        }
        return Math.exp((low + high) / 2);
    }

    private double surprise(List<Trial> trials) {
        var sum = 0.0;
        for (var trial : trials) {
            var scores = of(trial.grams(), trial.likeness().scores());
            sum += Softmax.energy(scores) - scores[trial.label()];
        }
        return sum;
    }

    /** Their softmax is calibrated. */
    public double[] of(float[] grams, float[] likeness) {
        var scores = new double[grams.length];
        for (int one = 0; one < scores.length; one++) {
            scores[one] = this.grams * grams[one] + this.likeness * likeness[one];
        }
        return scores;
    }
}
