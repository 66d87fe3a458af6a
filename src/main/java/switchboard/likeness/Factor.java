package switchboard.likeness;

import java.util.List;
import switchboard.learning.Watch;

/**
 * The Cholesky factor U of a symmetric, positive definite matrix U'U: row {@code i} has the columns from {@code i} on. A third of the cube
 * of its size in multiplications, on one thread.
 */
final class Factor {

    private static final int ROWS = 32;
    private static final int TILE = 2048;

    private final float[][] rows;

    private Factor(float[][] rows) {
        this.rows = rows;
    }

    /** Takes the matrix's upper rows and turns them into the factor. A step each 32 rows. */
    static Factor of(float[][] rows, Watch watch) throws InterruptedException {
        for (int from = 0; from < rows.length; from += ROWS) {
            watch.step("solving", from, rows.length);
            var to = Math.min(from + ROWS, rows.length);
            pivot(rows, from, to);
            for (int tile = to; tile < rows.length; tile += TILE) {
                trail(rows, from, to, tile, Math.min(tile + TILE, rows.length));
            }
        }
        return new Factor(rows);
    }

    private static void pivot(float[][] rows, int from, int to) {
        for (int i = from; i < to; i++) {
            for (int p = from; p < i; p++) {
                Blocks.add(rows[i], 0, rows[p], i - p, -rows[p][i - p], rows[i].length);
            }
            var root = (float) Math.sqrt(Math.max(rows[i][0], 1e-6f));
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] /= root;
            }
        }
    }

    /** Takes what rows {@code from} to {@code to} explain from the columns {@code left} to {@code right} of later rows. */
    private static void trail(float[][] rows, int from, int to, int left, int right) {
        var eight = new float[Blocks.WIDE][];
        var starts = new int[Blocks.WIDE];
        var factors = new float[Blocks.WIDE];
        for (int i = to; i < right; i++) {
            var start = Math.max(i, left);
            for (int p = from; p < to; p += Blocks.WIDE) {
                for (int q = 0; q < Blocks.WIDE; q++) {
                    var row = Math.min(p + q, to - 1);
                    eight[q] = rows[row];
                    starts[q] = start - row;
                    factors[q] = p + q < to ? -rows[row][i - row] : 0;
                }
                Blocks.add(rows[i], start - i, eight, starts, factors, right - start);
            }
        }
    }

    /** Solves for each column of {@code sides}, in place: {@code sides[i]} is the row of point i. */
    void solve(float[][] sides) {
        for (int i = 0; i < rows.length; i++) {
            scale(sides[i], 1 / rows[i][0]);
            for (int j = i + 1; j < rows.length; j++) {
                Blocks.add(sides[j], 0, sides[i], 0, -rows[i][j - i], sides[i].length);
            }
        }
        for (int i = rows.length - 1; i >= 0; i--) {
            for (int j = i + 1; j < rows.length; j++) {
                Blocks.add(sides[i], 0, sides[j], 0, -rows[i][j - i], sides[i].length);
            }
            scale(sides[i], 1 / rows[i][0]);
        }
    }

    /** The inverse matrix for the last {@code count} points: only the end of the factor has a part in it. */
    float[][] inverse(int count) {
        var first = rows.length - count;
        var inverse = new float[count][count];
        for (int i = 0; i < count; i++) {
            inverse[i][i] = 1;
        }
        var end = List.of(rows).subList(first, rows.length);
        new Factor(end.toArray(float[][]::new)).solve(inverse);
        return inverse;
    }

    private static void scale(float[] row, float factor) {
        for (int i = 0; i < row.length; i++) {
            row[i] *= factor;
        }
    }
}
