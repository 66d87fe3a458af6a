package switchboard.versions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import switchboard.understanding.Example;

/** What a model is trained on, as a hash: the same for the same examples in whatever order. */
final class Taught {

    /** Of the way how models are made: with another one the same examples are to be learned again. */
    private static final int EDITION = 1;

    static String hash(List<Example> examples) {
        var digest = sha256();
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, EDITION));
        examples.stream()
                .sorted(Comparator.comparing(Example::intent).thenComparing(Example::text))
                .forEach(example -> {
                    add(digest, example.intent());
                    add(digest, example.text());
                });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private Taught() {}
}
