package switchboard.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Wraps keys with another key: 12 bytes nonce ‖ AES-256-GCM ciphertext ‖ 16 bytes tag, bound to the place where it is
 * stored, so that it unwraps nowhere else.
 */
final class Wrapping {

    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    /** With 32 bytes. */
    Wrapping(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("a wrapping key has 32 bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** 32 bytes that nobody knows. */
    static byte[] random() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Wraps {@code secret} for the place named by {@code place}, whose parts contain no NUL. */
    byte[] wrap(byte[] secret, String... place) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, nonce, place);
            var wrapped = Arrays.copyOf(nonce, NONCE + secret.length + TAG);
            cipher.doFinal(secret, 0, secret.length, wrapped, NONCE);
            return wrapped;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("wrapping needs nothing from outside", e);
        }
    }

    /** What was wrapped for that place; empty when it was not, was changed since, or was wrapped by another key. */
    Optional<byte[]> unwrap(byte[] wrapped, String... place) {
        if (wrapped.length < NONCE + TAG) {
            return Optional.empty();
        }
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(wrapped, NONCE), place);
            return Optional.of(cipher.doFinal(wrapped, NONCE, wrapped.length - NONCE));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String... place) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(String.join("\0", place).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
