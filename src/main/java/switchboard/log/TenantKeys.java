package switchboard.log;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A tenant's keys for identities and for the chain, 32 bytes each. Both live as long as the journal and are backed up
 * with it: without the first no repeat is recognised, without the second no entry is known as genuine.
 */
public final class TenantKeys {

    private static final byte[] SEPARATOR = {0};
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
}
