package switchboard.likeness;

import java.util.Arrays;
import java.util.List;

/**
 * Vectors of length 1 around the center of all: what all have in common tells nothing apart. Kept by dimension, so that one is compared with
 * all in one sweep.
 */
public final class Points {

    private final float[] center;
    private final float[][] dimensions;
    private final int count;

    public Points(float[] center, float[][] dimensions, int count) {
        this.center = center;
        this.dimensions = dimensions;
        this.count = count;
    }

    public static Points of(List<float[]> vectors) {
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
        var points = new Points(center, new float[size][vectors.size()], vectors.size());
        for (int i = 0; i < vectors.size(); i++) {
            var point = points.point(vectors.get(i));
            for (int d = 0; d < size; d++) {
                points.dimensions[d][i] = point[d];
            }
        }
        return points;
    }

    public int count() {
        return count;
    }

    public float[] center() {
        return center;
    }

    public float[][] dimensions() {
        return dimensions;
    }

    /** Where a vector lies among them. */
    float[] point(float[] vector) {
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
            point[d] = dimensions[d][index];
        }
        return point;
    }

    /** The cosines between a point and those from {@code first} on. */
    float[] likeness(float[] point, int first) {
        var likeness = new float[count - first];
        var starts = new int[Blocks.WIDE];
        Arrays.fill(starts, first);
        var eight = new float[Blocks.WIDE][];
        var factors = new float[Blocks.WIDE];
        for (int d = 0; d < point.length; d += Blocks.WIDE) {
            for (int q = 0; q < Blocks.WIDE; q++) {
                var dimension = Math.min(d + q, point.length - 1);
                eight[q] = dimensions[dimension];
                factors[q] = d + q < point.length ? point[dimension] : 0;
            }
            Blocks.add(likeness, 0, eight, starts, factors, likeness.length);
        }
        return likeness;
    }
}
