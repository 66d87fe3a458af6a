package switchboard.log;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An episode's key: AES-256-GCM. A sealed text is base64url(12 bytes key id ‖ 12 bytes nonce ‖ ciphertext ‖ 16 bytes
 * tag), bound to its log and its number there, so that it opens nowhere else. The nonce is random: two entries of one
 * number may come to exist (a write of unknown outcome) and must not share one.
 */
public final class DataKey {

    private static final int ID = 12;
    private static final int NONCE = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What is stored under a key's id is not that key: somebody changed it. Erased is another thing. */
    public static final class Damaged extends RuntimeException {
        public Damaged(String tenant, String id) {
            super("data key " + id + " of tenant " + tenant + " does not unwrap");
        }
    }

    private final byte[] id;
    private final SecretKeySpec key;
    private final Hash commitment;

    /** From 12 bytes of id and 32 of key. */
    public DataKey(byte[] id, byte[] key) {
        this.id = id.clone();
        this.key = new SecretKeySpec(key, "AES");
        this.commitment = Hash.of(joined("switchboard-kid".getBytes(StandardCharsets.US_ASCII), key));
    }

    /** A new one, not yet durable. */
    public static DataKey random() {
        var id = new byte[ID];
        var key = new byte[32];
        RANDOM.nextBytes(id);
        RANDOM.nextBytes(key);
        return new DataKey(id, key);
    }

    /** 16 characters of base64url. */
    public String id() {
        return text(id);
    }

    /** SHA-256('switchboard-kid' ‖ key): what the opening says of it. */
    public Hash commitment() {
        return commitment;
    }

    /** The 32 bytes, for wrapping. */
    public byte[] secret() {
        return key.getEncoded();
    }

    /** Seals {@code plain} for the entry {@code seq} of the log {@code persistenceId}. */
    public String seal(byte[] plain, String persistenceId, long seq) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            var box = cipher(Cipher.ENCRYPT_MODE, nonce, persistenceId, seq).doFinal(plain);
            return text(joined(joined(id, nonce), box));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("sealing needs nothing from outside", e);
        }
    }

    /** What was sealed for that place; empty when it was not, or was changed since. */
    public Optional<byte[]> open(String sealed, String persistenceId, long seq) {
        try {
            var bytes = Base64.getUrlDecoder().decode(sealed);
            var nonce = Arrays.copyOfRange(bytes, ID, ID + NONCE);
            return Optional.of(cipher(Cipher.DECRYPT_MODE, nonce, persistenceId, seq)
                    .doFinal(bytes, ID + NONCE, bytes.length - ID - NONCE));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The id of the key that {@code sealed} was made with. */
    public static String idOf(String sealed) {
        return sealed.substring(0, ID / 3 * 4);
    }

    private Cipher cipher(int mode, byte[] nonce, String persistenceId, long seq) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(128, nonce));
        cipher.updateAAD((persistenceId + '\0' + seq).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] joined(byte[] a, byte[] b) {
        var both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
