package switchboard.judgement;

/** Scores as probabilities. */
public final class Softmax {

    /** They sum to 1. */
    public static double[] of(double[] scores) {
        var total = energy(scores);
        var shares = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            shares[i] = Math.exp(scores[i] - total);
        }
        return shares;
    }

    /** Logarithm of the sum of their exponentials. */
    public static double energy(double[] scores) {
        var most = Double.NEGATIVE_INFINITY;
        for (var score : scores) {
            most = Math.max(most, score);
        }
        var sum = 0.0;
        for (var score : scores) {
            sum += Math.exp(score - most);
        }
        return most + Math.log(sum);
    }

    private Softmax() {}
}
