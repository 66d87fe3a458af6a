package switchboard.encoding;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The encoder as the program uses it: what was encoded lately is remembered, since several ask for the same sentence and customers
 * often write the same; what the program is delivered with was encoded beforehand. Capitals make no difference, as in the encoder.
 * Where no encoder runs on this machine every vector is empty: words alone must do.
 */
public final class Sentences implements Function<String, float[]>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sentences.class);

    /** Some 6 MB of vectors. */
    private static final int MOST = 4_096;

    private static final float[] NONE = {};

    private final Function<String, float[]> encode;
    private final Optional<Encoder> encoder;
    private final Prepared prepared;
    private final Map<String, float[]> lately = new LinkedHashMap<>(16, .75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > MOST;
        }
    };

    Sentences(Function<String, float[]> encode, Optional<Encoder> encoder, Prepared prepared) {
        this.encode = encode;
        this.encoder = encoder;
        this.prepared = prepared;
    }

    /** From the class path. */
    public static Sentences load() {
        try {
            var encoder = Encoder.load();
            return new Sentences(encoder::encode, Optional.of(encoder), prepared());
        } catch (IOException e) {
            LOG.warn("no encoder: texts are compared by their words alone", e);
            return new Sentences(_ -> NONE, Optional.empty(), Prepared.NONE);
        }
    }

    private static Prepared prepared() {
        try {
            return Prepared.load();
        } catch (IOException e) {
            LOG.warn("nothing was encoded beforehand: the first start takes longer", e);
            return Prepared.NONE;
        }
    }

    /** Whether there is an encoder. */
    public boolean any() {
        return encoder.isPresent();
    }

    /** Of length 1, or empty; not to be changed. */
    @Override
    public float[] apply(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return lately(lower).or(() -> prepared.find(lower)).orElseGet(() -> encoded(lower));
    }

    private Optional<float[]> lately(String text) {
        synchronized (lately) {
            return Optional.ofNullable(lately.get(text));
        }
    }

    private float[] encoded(String text) {
        var vector = encode.apply(text);
        synchronized (lately) {
            lately.put(text, vector);
        }
        return vector;
    }

    @Override
    public void close() {
        encoder.ifPresent(Encoder::close);
    }
}
