package switchboard.retrieval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Sentences as vectors, those of the last index kept for the next, so that a change costs only what is new. One thread builds;
 * any number may ask.
 */
public final class Vectors {

    /** Texts of an index that have one: some 30 MB. What comes later is found by its words alone. */
    public static final int MOST = 20_000;

    private static final float[] NONE = {};

    private final Function<String, float[]> encoder;
    private final boolean any;
    private volatile Map<String, float[]> kept = Map.of();

    /** {@code encoder}: to length 1, for any thread; empty vectors where there is none. */
    public Vectors(Function<String, float[]> encoder) {
        this(encoder, true);
    }

    private Vectors(Function<String, float[]> encoder, boolean any) {
        this.encoder = encoder;
        this.any = any;
    }

    /** For another index that may have the same texts; each keeps its own from then on. */
    public Vectors shared() {
        var other = new Vectors(encoder, any);
        other.kept = kept;
        return other;
    }

    /** Where no model can be had: words alone. */
    public static Vectors none() {
        return new Vectors(_ -> NONE, false);
    }

    /** Whether there are any. */
    boolean any() {
        return any;
    }

    float[] of(String text) {
        return encoder.apply(text);
    }

    /** By text; of the first {@link #MOST}. Stops, with what it was interrupted by, where its thread is interrupted. */
    Map<String, float[]> of(List<String> texts) throws InterruptedException {
        var all = new LinkedHashMap<String, float[]>();
        for (var text : texts) {
            if (Thread.interrupted()) {
                throw new InterruptedException("no index");
            }
            if (all.size() == MOST) {
                break;
            }
            if (!all.containsKey(text)) {
                var known = kept.get(text);
                all.put(text, known == null ? encoder.apply(text) : known);
            }
        }
        kept = all;
        return all;
    }

    /** Cosine; 0 where one of them is empty. */
    static float likeness(float[] one, float[] other) {
        var length = Math.min(one.length, other.length);
        var sums = new float[4];
        var i = 0;
        for (; i + 3 < length; i += 4) {
            sums[0] += one[i] * other[i];
            sums[1] += one[i + 1] * other[i + 1];
            sums[2] += one[i + 2] * other[i + 2];
            sums[3] += one[i + 3] * other[i + 3];
        }
        for (; i < length; i++) {
            sums[0] += one[i] * other[i];
        }
        return sums[0] + sums[1] + sums[2] + sums[3];
    }
}
