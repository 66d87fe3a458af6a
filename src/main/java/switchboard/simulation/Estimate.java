package switchboard.simulation;

import java.util.Arrays;

/**
 * A mean and how far the true one may be from it.
 *
 * @param halfWidth of the 99.9 % interval
 */
record Estimate(double mean, double halfWidth) {

    static final int BATCHES = 20;

    /** Student's t at .9995 with 19 degrees of freedom. */
    private static final double T = 3.8834;

    /** From the means of 20 batches. */
    static Estimate of(double[] means) {
        if (means.length != BATCHES) {
            throw new IllegalArgumentException("not 20 batches");
        }
        var mean = Arrays.stream(means).average().orElseThrow();
        var squares = Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum();
        return new Estimate(mean, T * Math.sqrt(squares / (BATCHES - 1) / BATCHES));
    }

    boolean contains(double truth) {
        return Math.abs(truth - mean) <= halfWidth;
    }

    /** Relative to the mean. */
    double width() {
        return halfWidth / mean;
    }
}
