package switchboard.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A credential presented as {@code id.secret}. The secret itself is nowhere, only its hash.
 *
 * @param id {@code [a-z0-9-]{1,40}}; the caller's id in logs, an agent's or supervisor's too
 * @param tenant {@code [a-z0-9-]{1,40}}
 * @param secretSha256 64 hex digits: SHA-256 of the secret's UTF-8 bytes; secrets are random, so no salt
 * @param channels for gateways, {@link Principal#ANY_CHANNEL} for all
 */
public record ApiKey(String id, String tenant, Role role, String secretSha256, Set<String> channels, boolean revoked) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public ApiKey {
        channels = Set.copyOf(channels);
        if (!NAME.matcher(id).matches() || !NAME.matcher(tenant).matches()) {
            throw new IllegalArgumentException("a key's id and tenant are [a-z0-9-]{1,40}: " + id);
        }
        if (!SHA_256.matcher(secretSha256).matches()) {
            throw new IllegalArgumentException("no SHA-256 in lower-case hex: the secret's hash of key " + id);
        }
        if (role == Role.CUSTOMER) {
            throw new IllegalArgumentException("customers have tokens and no keys: key " + id);
        }
        if ((role == Role.GATEWAY) == channels.isEmpty()) {
            throw new IllegalArgumentException("gateways, and only they, name channels: key " + id);
        }
    }

    boolean fits(String secret) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(secretSha256), sha256(secret));
    }

    Principal principal() {
        return new Principal(tenant, role, id, channels);
    }

    static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
