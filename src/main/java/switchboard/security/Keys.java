package switchboard.security;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Who holds which credential. Secrets are compared in constant time. */
public final class Keys {

    /** The tenant of local mode. */
    public static final String LOCAL_TENANT = "local";

    /** What a credential turned out to be. */
    public sealed interface Holder {}

    public record Known(Principal principal) implements Holder {}

    /** Why nobody is known by it. */
    public enum Unknown implements Holder {
        MISSING,
        WRONG,
        REVOKED
    }

    private static final String LOCAL_SECRET = "local-only";
    private static final Pattern LOCAL_AGENT = Pattern.compile("agent-([a-z0-9-]{1,40})");
    private static final Pattern BEARER = Pattern.compile(
            "bearer +([\\x21-\\x2d\\x2f-\\x7e]{1,128})\\.([\\x21-\\x7e]{1,512})", Pattern.CASE_INSENSITIVE);

    private final Map<String, ApiKey> keys;
    private final boolean local;

    private Keys(List<ApiKey> keys, boolean local) {
        this.keys = keys.stream().collect(toUnmodifiableMap(ApiKey::id, Function.identity()));
        this.local = local;
    }

    /** The configured ones; two of one id are an {@link IllegalStateException}. */
    public static Keys of(List<ApiKey> keys) {
        return new Keys(keys, false);
    }

    /**
     * Those of a machine of one's own, for the tenant {@code local}: {@code gateway.local-only} (any channel),
     * {@code supervisor.local-only}, {@code auditor.local-only}, {@code admin.local-only}, and {@code
     * agent-NAME.local-only} for any agent. Never to be listened with on anything but loopback.
     */
    public static Keys local(List<ApiKey> more) {
        return new Keys(more, true);
    }

    /** Who sends that {@code Authorization} header. */
    public Holder holder(Optional<String> authorization) {
        if (authorization.isEmpty()) {
            return Unknown.MISSING;
        }
        var bearer = BEARER.matcher(authorization.get());
        return bearer.matches() ? holder(bearer.group(1), bearer.group(2)) : Unknown.WRONG;
    }

    private Holder holder(String id, String secret) {
        var key = keys.get(id);
        if (key == null) {
            return local && isLocal(secret) ? local(id) : Unknown.WRONG;
        }
        if (!key.fits(secret)) {
            return Unknown.WRONG;
        }
        return key.revoked() ? Unknown.REVOKED : new Known(key.principal());
    }

    private static boolean isLocal(String secret) {
        return MessageDigest.isEqual(
                secret.getBytes(StandardCharsets.UTF_8), LOCAL_SECRET.getBytes(StandardCharsets.UTF_8));
    }

    private static Holder local(String id) {
        return switch (id) {
            case "gateway" -> local(Role.GATEWAY, Set.of(Principal.ANY_CHANNEL));
            case "supervisor" -> local(Role.SUPERVISOR, Set.of());
            case "auditor" -> local(Role.AUDITOR, Set.of());
            case "admin" -> local(Role.ADMIN, Set.of());
            default -> {
                var agent = LOCAL_AGENT.matcher(id);
                yield agent.matches()
                        ? new Known(new Principal(LOCAL_TENANT, Role.AGENT, agent.group(1), Set.of()))
                        : Unknown.WRONG;
            }
        };
    }

    /** The id has a character that no agent's has: an agent may be called "supervisor". */
    private static Holder local(Role role, Set<String> channels) {
        return new Known(new Principal(LOCAL_TENANT, role, role.word() + "@local", channels));
    }
}
