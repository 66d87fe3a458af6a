package switchboard.log;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import switchboard.wire.CustomerThread;

/**
 * A tenant's keys for identities and for the chain, 32 bytes each. Both live as long as the journal and are backed up
 * with it: without the first no repeat is recognised, without the second no entry is known as genuine.
 */
public final class TenantKeys {

    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final byte[] SEPARATOR = {0};
    private static final byte[] DERIVED = "switchboard".getBytes(StandardCharsets.US_ASCII);
    private static final ThreadLocal<Mac> MACS = ThreadLocal.withInitial(TenantKeys::hmac);

    private final SecretKeySpec identity;
    private final SecretKeySpec chain;

    /** From 32 bytes each. */
    public TenantKeys(byte[] identity, byte[] chain) {
        this.identity = new SecretKeySpec(identity, "HmacSHA256");
        this.chain = new SecretKeySpec(chain, "HmacSHA256");
    }

    /** The first 16 bytes of HMAC-SHA-256(identity key, parts with 0x00 between them). */
    public byte[] identify(String... parts) {
        var mac = started(identity);
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                mac.update(SEPARATOR);
            }
            mac.update(parts[i].getBytes(StandardCharsets.UTF_8));
        }
        return Arrays.copyOf(mac.doFinal(), 16);
    }

    /** The id of the conversation that a thread is: {@code c} and 26 characters of lower-case base32. */
    public String conversation(CustomerThread thread) {
        return "c" + base32(identify(thread.channel(), thread.canonical().text()));
    }

    /**
     * 32 bytes for {@code purpose} alone: HMAC-SHA-256(chain key, 'switchboard' ‖ 0x00 ‖ purpose). An entry begins with a
     * brace, so no entry's mac tells any of it.
     */
    public byte[] derived(String purpose) {
        var mac = started(chain);
        mac.update(DERIVED);
        mac.update(SEPARATOR);
        return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    }

    /** 32 hex digits: the first 16 bytes of HMAC-SHA-256({@link #derived}, {@code text}). */
    public String mac(String purpose, String text) {
        var mac = started(new SecretKeySpec(derived(purpose), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
    }

    /** 32 hex digits: the first 16 bytes of HMAC-SHA-256(chain key, the first {@code length} of {@code bytes}). */
    String mac(byte[] bytes, int length) {
        var mac = started(chain);
        mac.update(bytes, 0, length);
        return HexFormat.of().formatHex(mac.doFinal(), 0, 16);
    }

    private static Mac started(SecretKeySpec key) {
        try {
            var mac = MACS.get();
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("a 32 byte key fits HmacSHA256", e);
        }
    }

    private static Mac hmac() {
        try {
            return Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HmacSHA256", e);
        }
    }

    /** RFC 4648, without padding. */
    private static String base32(byte[] bytes) {
        var text = new StringBuilder(bytes.length * 8 / 5 + 1);
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = buffer << 8 | (b & 0xff);
            for (bits += 8; bits >= 5; bits -= 5) {
                text.append(BASE32.charAt((buffer >> (bits - 5)) & 31));
            }
        }
        return bits == 0
                ? text.toString()
                : text.append(BASE32.charAt((buffer << (5 - bits)) & 31)).toString();
    }
}
