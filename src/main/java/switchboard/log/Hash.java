package switchboard.log;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 value; prints as 64 hex digits. */
public final class Hash {

    private static final HexFormat HEX = HexFormat.of();
    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Of an entry's stored bytes: SHA-256(0x00 ‖ bytes). */
    static Hash ofEntry(byte[] stored) {
        var sha = sha256();
        sha.update((byte) 0);
        return new Hash(sha.digest(stored));
    }

    /** What the first entry of a log names as its predecessor: SHA-256 of the persistence id. */
    public static Hash genesis(String persistenceId) {
        return new Hash(sha256().digest(persistenceId.getBytes(StandardCharsets.UTF_8)));
    }

    /** SHA-256 of {@code bytes} as they are. */
    public static Hash of(byte[] bytes) {
        return new Hash(sha256().digest(bytes));
    }

    /** From 64 hex digits. */
    public static Hash parse(String hex) {
        return new Hash(HEX.parseHex(hex));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HEX.formatHex(bytes);
    }
}
