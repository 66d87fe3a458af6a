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
import switchboard.security.CustomerTokens.Reading;

/**
 * Who holds which credential: keys configured, keys issued while the program runs, customers' tokens. Asked on every
 * request, so it waits for nothing and locks nothing. Secrets are compared in constant time.
 */
public final class Keys {

    /** The tenant of local mode. */
    public static final String LOCAL_TENANT = "local";

    /** Keys that come and go while the program runs; in memory. */
    public interface Source {
        Optional<ApiKey> find(String id);
    }

    /** What a credential turned out to be. */
    public sealed interface Holder {}

    public record Known(Principal principal, Credential credential) implements Holder {}

    /** Why nobody is known by it. */
    public enum Unknown implements Holder, Reading {
        MISSING,
        WRONG,
        REVOKED,
        /** A customer's token whose time is over. */
        TOKEN_EXPIRED,
        /** No ticket of ours. */
        TICKET_WRONG,
        TICKET_EXPIRED,
        TICKET_WRONG_PATH,
        TICKET_USED
    }

    private static final String LOCAL_SECRET = "local-only";
    private static final Pattern LOCAL_AGENT = Pattern.compile("agent-([a-z0-9-]{1,40})");
    private static final Pattern BEARER = Pattern.compile(
            "bearer +(([\\x21-\\x2d\\x2f-\\x7e]{1,128})\\.([\\x21-\\x7e]{1,1024}))", Pattern.CASE_INSENSITIVE);

    private final Map<String, ApiKey> keys;
    private final boolean local;
    private final Source issued;
    private final Optional<CustomerTokens> tokens;

    private Keys(Map<String, ApiKey> keys, boolean local, Source issued, Optional<CustomerTokens> tokens) {
        this.keys = keys;
        this.local = local;
        this.issued = issued;
        this.tokens = tokens;
    }

    /** The configured ones; two of one id are an {@link IllegalStateException}. */
    public static Keys of(List<ApiKey> keys) {
        return new Keys(byId(keys), false, _ -> Optional.empty(), Optional.empty());
    }

    /**
     * Those of a machine of one's own, for the tenant {@code local}: {@code gateway.local-only} (any channel),
     * {@code supervisor.local-only}, {@code auditor.local-only}, {@code admin.local-only}, and {@code
     * agent-NAME.local-only} for any agent. Never to be listened with on anything but loopback.
     */
    public static Keys local(List<ApiKey> more) {
        return new Keys(byId(more), true, _ -> Optional.empty(), Optional.empty());
    }

    /** These and the issued ones; a configured one wins. */
    public Keys with(Source issued) {
        return new Keys(keys, local, issued, tokens);
    }

    /** These, and customers by their tokens. */
    public Keys with(CustomerTokens tokens) {
        return new Keys(keys, local, issued, Optional.of(tokens));
    }

    /** Who sends that {@code Authorization} header. */
    public Holder holder(Optional<String> authorization) {
        if (authorization.isEmpty()) {
            return Unknown.MISSING;
        }
        var bearer = BEARER.matcher(authorization.get());
        if (!bearer.matches()) {
            return Unknown.WRONG;
        }
        return CustomerTokens.looksLike(bearer.group(1))
                ? customer(bearer.group(1))
                : holder(bearer.group(2), bearer.group(3));
    }

    /** What has become of a credential that was good once: known as before, or why no longer. */
    public Holder standing(Credential credential) {
        return switch (credential) {
            case Credential.Key key -> byId(key.id());
            case Credential.Token token -> customer(token);
        };
    }

    private Holder holder(String id, String secret) {
        var key = find(id);
        if (key.isEmpty()) {
            return local && isLocal(secret) ? local(id) : Unknown.WRONG;
        }
        return key.get().fits(secret) ? byId(id) : Unknown.WRONG;
    }

    private Holder byId(String id) {
        var key = find(id);
        if (key.isEmpty()) {
            return local ? local(id) : Unknown.WRONG;
        }
        return key.get().revoked() ? Unknown.REVOKED : new Known(key.get().principal(), new Credential.Key(id));
    }

    private Optional<ApiKey> find(String id) {
        return Optional.ofNullable(keys.get(id)).or(() -> issued.find(id));
    }

    private Holder customer(String token) {
        return switch (tokens.map(t -> t.read(token)).orElse(Unknown.WRONG)) {
            case Reading.Genuine genuine -> customer(genuine);
            case Unknown unknown -> unknown;
        };
    }

    private Holder customer(Reading.Genuine genuine) {
        var holder = customer(genuine.credential());
        var moved = holder instanceof Known known && !known.principal().tenant().equals(genuine.tenant());
        return moved ? Unknown.WRONG : holder;
    }

    /** Only what a gateway's key minted that still stands; the tenant is that key's. */
    private Holder customer(Credential.Token token) {
        if (tokens.isEmpty() || tokens.get().expired(token)) {
            return Unknown.TOKEN_EXPIRED;
        }
        return switch (byId(token.mintedBy())) {
            case Known gateway
            when gateway.principal().role() == Role.GATEWAY ->
                new Known(Principal.customer(gateway.principal().tenant(), token.conversation()), token);
            case Known _ -> Unknown.WRONG;
            case Unknown unknown -> unknown;
        };
    }

    private static Map<String, ApiKey> byId(List<ApiKey> keys) {
        return keys.stream().collect(toUnmodifiableMap(ApiKey::id, Function.identity()));
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
                        ? known(new Principal(LOCAL_TENANT, Role.AGENT, agent.group(1), Set.of()), id)
                        : Unknown.WRONG;
            }
        };
    }

    /** The id has a character that no agent's has: an agent may be called "supervisor". */
    private static Holder local(Role role, Set<String> channels) {
        return known(new Principal(LOCAL_TENANT, role, role.word() + "@local", channels), role.word());
    }

    private static Known known(Principal principal, String id) {
        return new Known(principal, new Credential.Key(id));
    }
}
