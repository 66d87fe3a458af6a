package switchboard.likeness;

import java.util.List;

/**
 * Vectors of length 1 around the center of all: what all have in common tells nothing apart. Kept by dimension, so that one is compared with
 * all in one sweep, and each number as a byte: thousands of points have to stay in the machine's cache beside the encoder, or most of the
 * time goes into fetching them. What that rounds off is less than what the encoder does.
 */
public final class Points {

    private final float[] center;
    private final float[] steps;
    private final byte[][] dimensions;
    private final int count;

    /** Numbers of a dimension are in its step. */
    public Points(float[] center, float[] steps, byte[][] dimensions, int count) {
        this.center = center;
        this.steps = steps;
        this.dimensions = dimensions;
        this.count = count;
    }

    public static Points of(List<float[]> vectors) {
        var center = center(vectors);
        var around = vectors.stream().map(vector -> around(center, vector)).toList();
        var steps = new float[center.length];
        var dimensions = new byte[center.length][vectors.size()];
        for (int d = 0; d < center.length; d++) {
            steps[d] = step(around, d);
            for (int i = 0; i < vectors.size(); i++) {
                dimensions[d][i] = (byte) Math.round(around.get(i)[d] / steps[d]);
            }
        }
        return new Points(center, steps, dimensions, vectors.size());
    }

    private static float[] center(List<float[]> vectors) {
        var size = vectors.getFirst().length;
        var sums = new double[size];
        for (var vector : vectors) {
            for (int d = 0; d < size; d++) {
                sums[d] += vector[d];
            }
        }
        var center = new float[size];
        for (int d = 0; d < size; d++) {
            center[d] = (float) (sums[d] / vectors.size());
        }
        return center;
    }

    private static float step(List<float[]> around, int d) {
        var most = 1e-6f;
        for (var point : around) {
            most = Math.max(most, Math.abs(point[d]));
        }
        return most / Byte.MAX_VALUE;
    }

    public int count() {
        return count;
    }

    public float[] center() {
        return center;
    }

    public float[] steps() {
        return steps;
    }

    public byte[][] dimensions() {
        return dimensions;
    }

    /** Where a vector lies among them. */
    float[] point(float[] vector) {
        return around(center, vector);
    }

    private static float[] around(float[] center, float[] vector) {
        var point = new float[vector.length];
        var squares = 0.0;
        for (int d = 0; d < vector.length; d++) {
            point[d] = vector[d] - center[d];
            squares += point[d] * point[d];
        }
        var length = (float) Math.sqrt(Math.max(squares, 1e-12));
        for (int d = 0; d < vector.length; d++) {
            point[d] /= length;
        }
        return point;
    }

    float[] point(int index) {
        var point = new float[dimensions.length];
        for (int d = 0; d < point.length; d++) {
            point[d] = dimensions[d][index] * steps[d];
        }
        return point;
    }

    /** The cosines between a point and all. */
    float[] likeness(float[] point) {
        var likeness = new float[count];
        for (int d = 0; d < point.length; d++) {
            Blocks.add(likeness, dimensions[d], point[d] * steps[d]);
        }
        return likeness;
    }
}
