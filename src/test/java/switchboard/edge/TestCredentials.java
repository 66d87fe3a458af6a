package switchboard.edge;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorSystem;
import switchboard.security.ApiKey;
import switchboard.security.CustomerTokens;
import switchboard.security.IssuedKeys;
import switchboard.security.IssuedKeys.Issued;
import switchboard.security.IssuedKeys.Snapshot;
import switchboard.security.Keys;
import switchboard.security.Role;
import switchboard.security.Tickets;

/** Issued keys, tickets and tokens, with tables in memory and a clock that a test moves; looks by itself at nothing. */
public final class TestCredentials implements IssuedKeys.Rows, Tickets.Used {

    /** SHA-256 of {@code secret}. */
    public static final String HASH = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    private static final Instant START = Instant.parse("2030-01-01T12:00:00Z");

    private static final Keys CONFIGURED = Keys.local(List.of(
            key("whatsapp-only", "local", Role.GATEWAY, Set.of("whatsapp"), false),
            key("gone", "local", Role.GATEWAY, Set.of("*"), true),
            key("elsewhere", "other", Role.SUPERVISOR, Set.of(), false),
            key("elsewhere-auditor", "other", Role.AUDITOR, Set.of(), false),
            key("ana", "other", Role.AGENT, Set.of(), false),
            key("bo", "other", Role.AGENT, Set.of(), false),
            key("elsewhere-admin", "other", Role.ADMIN, Set.of(), false),
            key("elsewhere-gateway", "other", Role.GATEWAY, Set.of("*"), false)));

    public final IssuedKeys issued;
    public final Tickets tickets;
    public final CustomerTokens tokens;
    public final Keys keys;
    public final Set<String> used = ConcurrentHashMap.newKeySet();
    public volatile Instant now = START;
    public volatile boolean away;
    private final Map<String, Snapshot> rows = new ConcurrentHashMap<>();

    public TestCredentials(ActorSystem<?> system) {
        InstantSource clock = () -> now;
        issued = new IssuedKeys(system, this, List.of("local", "other"), clock, Duration.ofDays(1));
        tokens = new CustomerTokens(tenant -> key(tenant, 1), clock);
        keys = CONFIGURED.with(issued).with(tokens);
        tickets = new Tickets(tenant -> key(tenant, 2), keys, this, clock);
    }

    /** With no secret worth keeping: {@code secret}. */
    private static ApiKey key(String id, String tenant, Role role, Set<String> channels, boolean revoked) {
        return new ApiKey(id, tenant, role, HASH, channels, revoked);
    }

    /** Each tenant's own. */
    private static Optional<byte[]> key(String tenant, int purpose) {
        var key = new byte[32];
        key[0] = (byte) purpose;
        key[1] = (byte) tenant.charAt(0);
        return Set.of("local", "other").contains(tenant) ? Optional.of(key) : Optional.empty();
    }

    /** As it was in the beginning, except that numbers of changes go on. */
    public void clear() {
        away = false;
        now = START;
        used.clear();
        rows.replaceAll((_, s) -> new Snapshot(s.changes() + 1, List.of()));
        issued.refresh().toCompletableFuture().join();
    }

    /** A gateway's key with that id and {@code secret} as its secret. */
    public void put(String id, String tenant, String... channels) {
        var key = new ApiKey(id, tenant, Role.GATEWAY, HASH, Set.of(channels), false);
        change(tenant, changesNow(tenant), new Issued(key, "client", now, Optional.empty()), Optional.empty());
        issued.refresh().toCompletableFuture().join();
    }

    public long changesNow(String tenant) {
        return rows.getOrDefault(tenant, new Snapshot(0, List.of())).changes();
    }

    @Override
    public CompletionStage<Long> changes(String tenant) {
        return away ? gone() : completedStage(changesNow(tenant));
    }

    @Override
    public CompletionStage<Snapshot> read(String tenant) {
        return away ? gone() : completedStage(rows.getOrDefault(tenant, new Snapshot(0, List.of())));
    }

    @Override
    public CompletionStage<Boolean> change(String tenant, long changes, Issued key, Optional<String> drop) {
        if (away) {
            return gone();
        }
        if (changesNow(tenant) != changes) {
            return completedStage(false);
        }
        var keys = new ArrayList<>(
                rows.getOrDefault(tenant, new Snapshot(0, List.of())).keys());
        keys.removeIf(k -> k.key().id().equals(key.key().id())
                || drop.equals(Optional.of(k.key().id())));
        keys.add(key);
        rows.put(tenant, new Snapshot(changes + 1, keys));
        return completedStage(true);
    }

    @Override
    public CompletionStage<Boolean> first(String tenant, String ticket, Duration remembered) {
        return away ? gone() : completedStage(used.add(tenant + " " + ticket));
    }

    private static <T> CompletionStage<T> gone() {
        return CompletableFuture.failedStage(new IllegalStateException("away"));
    }
}
