package switchboard.likeness;

/** Loops over rows of numbers, written so that the machine does eight at a time. The order of additions is fixed. */
final class Blocks {

    static final int WIDE = 8;

    /** {@code to[t + i] += sum over p of factors[p] * rows[p][f[p] + i]} for {@code i} below {@code length}; eight rows. */
    static void add(float[] to, int t, float[][] rows, int[] f, float[] factors, int length) {
        var r0 = rows[0];
        var r1 = rows[1];
        var r2 = rows[2];
        var r3 = rows[3];
        var r4 = rows[4];
        var r5 = rows[5];
        var r6 = rows[6];
        var r7 = rows[7];
        int f0 = f[0], f1 = f[1], f2 = f[2], f3 = f[3], f4 = f[4], f5 = f[5], f6 = f[6], f7 = f[7];
        float a0 = factors[0], a1 = factors[1], a2 = factors[2], a3 = factors[3];
        float a4 = factors[4], a5 = factors[5], a6 = factors[6], a7 = factors[7];
        for (int i = 0; i < length; i++) {
            var low = Math.fma(a0, r0[f0 + i], Math.fma(a1, r1[f1 + i], Math.fma(a2, r2[f2 + i], a3 * r3[f3 + i])));
            var high = Math.fma(a4, r4[f4 + i], Math.fma(a5, r5[f5 + i], Math.fma(a6, r6[f6 + i], a7 * r7[f7 + i])));
            to[t + i] += low + high;
        }
    }

    /** {@code to[i] += factor * row[i]}. Without offsets: with them the compiler does bytes one at a time. */
    static void add(float[] to, byte[] row, float factor) {
        for (int i = 0; i < to.length; i++) {
            to[i] = Math.fma(factor, row[i], to[i]);
        }
    }

    /** {@code to[t + i] += factor * row[f + i]}. */
    static void add(float[] to, int t, float[] row, int f, float factor, int length) {
        for (int i = 0; i < length; i++) {
            to[t + i] = Math.fma(factor, row[f + i], to[t + i]);
        }
    }

    private Blocks() {}
}
