package switchboard.encoding;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The encoder as the program uses it: what was encoded lately is remembered, since several ask for the same sentence. Where no
 * encoder runs on this machine every vector is empty: words alone must do.
 */
public final class Sentences implements Function<String, float[]>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sentences.class);

    /** Some 6 MB of vectors. */
    private static final int MOST = 4_096;

    private static final float[] NONE = {};

    private final Function<String, float[]> encode;
    private final Optional<Encoder> encoder;
    private final Map<String, float[]> lately = new LinkedHashMap<>(16, .75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > MOST;
        }
    };

    Sentences(Function<String, float[]> encode, Optional<Encoder> encoder) {
        this.encode = encode;
        this.encoder = encoder;
    }

    /** From the class path. */
    public static Sentences load() {
        try {
            var encoder = Encoder.load();
            return new Sentences(encoder::encode, Optional.of(encoder));
        } catch (IOException e) {
            LOG.warn("no encoder: texts are compared by their words alone", e);
            return new Sentences(_ -> NONE, Optional.empty());
        }
    }

    /** Whether there is an encoder. */
    public boolean any() {
        return encoder.isPresent();
    }

    /** Of length 1, or empty; not to be changed. */
    @Override
    public float[] apply(String text) {
        synchronized (lately) {
            var known = lately.get(text);
            if (known != null) {
                return known;
            }
        }
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
