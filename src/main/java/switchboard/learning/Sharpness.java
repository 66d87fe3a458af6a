package switchboard.learning;

import java.util.List;

/** The one factor that makes scores say how often they are right: it maximises the likelihood of what was asked. */
public final class Sharpness {

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final int ROUNDS = 40;

    public static double of(List<Asked> asked) {
        var low = Math.log(.05);
        var high = Math.log(200);
        for (int round = 0; round < ROUNDS; round++) {
            var left = high - GOLDEN * (high - low);
            var right = low + GOLDEN * (high - low);
            if (surprise(asked, Math.exp(left)) < surprise(asked, Math.exp(right))) {
                high = right;
            } else {
                low = left;
            }
        }
        return Math.exp((low + high) / 2);
    }

    private static double surprise(List<Asked> asked, double sharpness) {
        var sum = 0.0;
        for (var one : asked) {
            var scores = scaled(one.scores(), sharpness);
            sum += Softmax.energy(scores) - scores[one.label()];
        }
        return sum;
    }

    /** Times {@code factor}. */
    public static double[] scaled(float[] scores, double factor) {
        var scaled = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            scaled[i] = scores[i] * factor;
        }
        return scaled;
    }

    private Sharpness() {}
}
