package switchboard.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sentences encoded beforehand, so that the first start needs no minute for what the program is delivered with. As a file: {@code SWSV},
 * the format's version and the number of sentences (4 bytes each); of each, in the order of its key, the key (8 bytes of its SHA-256), a
 * step (float) and its numbers as bytes in that step.
 */
public final class Prepared {

    /** Beside the encoder, on the class path. */
    public static final String FILE = "sentences.vectors";

    static final Prepared NONE = new Prepared(new long[0], ByteBuffer.allocate(0));

    private static final int MAGIC = 0x53575356;
    private static final int VERSION = 1;
    private static final int HEAD = 12;
    private static final int STEP = Long.BYTES;
    private static final int NUMBERS = STEP + Float.BYTES;
    private static final int EACH = NUMBERS + Encoder.SIZE;

    private final long[] keys;
    private final ByteBuffer rest;

    private Prepared(long[] keys, ByteBuffer rest) {
        this.keys = keys;
        this.rest = rest;
    }

    /** From the class path. Refused: an {@link IOException} where it is not there or not sound. */
    public static Prepared load() throws IOException {
        try (var in = Prepared.class.getResourceAsStream("/" + FILE)) {
            if (in == null) {
                throw new IOException("not on the class path: " + FILE);
            }
            return read(in.readAllBytes());
        }
    }

    static Prepared read(byte[] bytes) throws IOException {
        var file = ByteBuffer.wrap(bytes);
        if (bytes.length < HEAD
                || file.getInt() != MAGIC
                || file.getInt() != VERSION
                || bytes.length != HEAD + (long) EACH * file.getInt()) {
            throw new IOException(FILE + " is not sound");
        }
        var sentences = file.slice();
        var keys = new long[sentences.remaining() / EACH];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = sentences.getLong(i * EACH);
            if (i > 0 && keys[i] <= keys[i - 1]) {
                throw new IOException(FILE + " is not in order");
            }
        }
        return new Prepared(keys, sentences);
    }

    /** Of sentences with their vectors of length 1. */
    public static byte[] file(Map<String, float[]> vectors) {
        var byKey = new TreeMap<Long, float[]>();
        vectors.forEach((text, vector) -> byKey.put(key(text), vector));
        var file = ByteBuffer.allocate(HEAD + EACH * byKey.size());
        file.putInt(MAGIC).putInt(VERSION).putInt(byKey.size());
        byKey.forEach((key, vector) -> {
            var step = step(vector);
            file.putLong(key).putFloat(step);
            for (var number : vector) {
                file.put((byte) Math.round(number / step));
            }
        });
        return file.array();
    }

    private static float step(float[] vector) {
        var most = 1e-6f;
        for (var number : vector) {
            most = Math.max(most, Math.abs(number));
        }
        return most / Byte.MAX_VALUE;
    }

    /** Of length 1, the caller's own; empty where it was not encoded. */
    public Optional<float[]> find(String text) {
        var place = Arrays.binarySearch(keys, key(text));
        if (place < 0) {
            return Optional.empty();
        }
        var step = rest.getFloat(place * EACH + STEP);
        var vector = new float[Encoder.SIZE];
        for (int d = 0; d < vector.length; d++) {
            vector[d] = rest.get(place * EACH + NUMBERS + d) * step;
        }
        return Optional.of(Encoder.unit(vector));
    }

    int size() {
        return keys.length;
    }

    private static long key(String text) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
