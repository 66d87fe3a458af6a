package switchboard.security;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gateways' keys that are issued and revoked while the program runs. All are in memory and read anew when a tenant's
 * number of changes has grown; while the database is away, those known stay known and those revoked stay revoked.
 */
public final class IssuedKeys implements Keys.Source, AutoCloseable {

    /** Keys of one client at a time: the one in use and the one that replaces it. */
    public static final int LIVE_PER_CLIENT = 2;

    private static final int LIVE = 1_000;
    private static final int REVOKED = 1_000;
    private static final int ATTEMPTS = 10;

    /** Every so many looks all is read, whatever the number of changes says. */
    private static final int WHOLE = 30;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Logger LOG = LoggerFactory.getLogger(IssuedKeys.class);

    /** One key as it is kept: of its secret only the hash. */
    public record Issued(ApiKey key, String client, Instant createdAt, Optional<Instant> revokedAt) {
        boolean live() {
            return revokedAt.isEmpty();
        }
    }

    /** A key and, for this once, its secret; or why not. */
    public sealed interface Creation {
        record Created(Issued issued, String secret) implements Creation {
            /** Without the secret. */
            @Override
            public String toString() {
                return "Created[" + issued.key.id() + "]";
            }
        }

        /** The client has two live keys, or the tenant a thousand. */
        record TooMany() implements Creation {}
    }

    /** A tenant's keys after so many changes. */
    public record Snapshot(long changes, List<Issued> keys) {
        public Snapshot {
            keys = List.copyOf(keys);
        }
    }

    /** Where they are kept. */
    public interface Rows {

        /** How often the tenant's keys were changed; 0 for never. */
        CompletionStage<Long> changes(String tenant);

        /** All of the tenant's, as one moment had them; sees every change that was ever confirmed. */
        CompletionStage<Snapshot> read(String tenant);

        /**
         * Keeps {@code key}, new or changed, and drops the key {@code drop}, provided that there were {@code changes}
         * until now; whether that was so. Done when it is durable. When it fails the outcome is unknown.
         */
        CompletionStage<Boolean> change(String tenant, long changes, Issued key, Optional<String> drop);
    }

    private final Rows rows;
    private final List<String> tenants;
    private final InstantSource clock;
    private final Map<String, Snapshot> known = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Cancellable timer;
    private volatile Map<String, ApiKey> byId = Map.of();
    private volatile boolean failing;
    private int looks;

    /** Of {@code tenants}; looks for others' changes {@code every} so often. {@link #refresh} reads them first. */
    public IssuedKeys(ActorSystem<?> system, Rows rows, List<String> tenants, InstantSource clock, Duration every) {
        this.rows = rows;
        this.tenants = List.copyOf(tenants);
        this.clock = clock;
        this.timer = system.scheduler().scheduleWithFixedDelay(every, every, this::look, system.executionContext());
    }

    @Override
    public Optional<ApiKey> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Reads all; fails when the database does not answer, and leaves what is known as it is. */
    public CompletionStage<Done> refresh() {
        CompletionStage<Done> done = completedStage(Done.getInstance());
        for (var tenant : tenants) {
            done = done.thenCompose(_ -> rows.read(tenant)).thenApply(found -> accept(tenant, found));
        }
        return done;
    }

    /** All of the tenant's, the newest first; fails when the database does not answer. */
    public CompletionStage<List<Issued>> list(String tenant) {
        return rows.read(tenant).thenApply(found -> {
            accept(tenant, found);
            return found.keys.stream()
                    .sorted(Comparator.comparing(Issued::createdAt).reversed())
                    .toList();
        });
    }

    /** Issues a key; done when it is durable, and good here from then on. When it fails nobody has its secret. */
    public CompletionStage<Creation> create(String tenant, String client, Set<String> channels) {
        var secret = secret();
        var hash = HexFormat.of().formatHex(ApiKey.sha256(secret));
        var key = new ApiKey(newId(), tenant, Role.GATEWAY, hash, channels, false);
        var issued = new Issued(key, client, now(), Optional.empty());
        return rows.read(tenant).thenCompose(found -> create(tenant, issued, secret, found, ATTEMPTS));
    }

    /** Revokes a key, here at once; again: as it is. Empty when the tenant has no such key. Done when it is durable. */
    public CompletionStage<Optional<Issued>> revoke(String tenant, String id) {
        return rows.read(tenant).thenCompose(found -> revoke(tenant, id, found, ATTEMPTS));
    }

    /** Looks no more. */
    @Override
    public void close() {
        timer.cancel();
    }

    private CompletionStage<Creation> create(
            String tenant, Issued issued, String secret, Snapshot found, int attempts) {
        var live = found.keys.stream().filter(Issued::live).toList();
        var clients = live.stream().filter(key -> key.client.equals(issued.client));
        if (live.size() >= LIVE || clients.count() >= LIVE_PER_CLIENT) {
            return completedStage(new Creation.TooMany());
        }
        return change(tenant, found, issued, oldest(found))
                .thenCompose(changed -> changed
                        ? completedStage(new Creation.Created(issued, secret))
                        : again(tenant, attempts, now -> create(tenant, issued, secret, now, attempts - 1)));
    }

    private CompletionStage<Optional<Issued>> revoke(String tenant, String id, Snapshot found, int attempts) {
        var key = found.keys.stream().filter(k -> k.key.id().equals(id)).findFirst();
        if (key.isEmpty() || !key.get().live()) {
            accept(tenant, found);
            return completedStage(key);
        }
        var k = key.get().key;
        var dead = new Issued(
                new ApiKey(k.id(), k.tenant(), k.role(), k.secretSha256(), k.channels(), true),
                key.get().client,
                key.get().createdAt,
                Optional.of(now()));
        return change(tenant, found, dead, Optional.empty())
                .thenCompose(changed -> changed
                        ? completedStage(Optional.of(dead))
                        : again(tenant, attempts, now -> revoke(tenant, id, now, attempts - 1)));
    }

    private interface Attempt<T> extends java.util.function.Function<Snapshot, CompletionStage<T>> {}

    /** Somebody else changed them meanwhile. */
    private <T> CompletionStage<T> again(String tenant, int attempts, Attempt<T> attempt) {
        return attempts == 0
                ? CompletableFuture.failedStage(new IllegalStateException("keys are being changed all the time"))
                : rows.read(tenant).thenCompose(attempt);
    }

    private CompletionStage<Boolean> change(String tenant, Snapshot from, Issued key, Optional<String> drop) {
        return rows.change(tenant, from.changes, key, drop).thenApply(changed -> {
            if (changed) {
                accept(tenant, after(from, key, drop));
            }
            return changed;
        });
    }

    private static Snapshot after(Snapshot from, Issued key, Optional<String> drop) {
        var others = from.keys.stream()
                .filter(k -> !k.key.id().equals(key.key.id()) && !drop.equals(Optional.of(k.key.id())));
        return new Snapshot(
                from.changes + 1,
                java.util.stream.Stream.concat(others, java.util.stream.Stream.of(key))
                        .toList());
    }

    /** Revoked ones are kept so that their holders are told so, but not for ever. */
    private static Optional<String> oldest(Snapshot found) {
        var revoked = found.keys.stream().filter(key -> !key.live()).toList();
        return revoked.size() < REVOKED
                ? Optional.empty()
                : revoked.stream()
                        .min(Comparator.comparing(key -> key.revokedAt.orElseThrow()))
                        .map(key -> key.key.id());
    }

    /** What was read before a change and comes after it is dropped: nothing revoked comes back. */
    private synchronized Done accept(String tenant, Snapshot found) {
        known.merge(tenant, found, (old, now) -> now.changes < old.changes ? old : now);
        byId = known.values().stream()
                .flatMap(s -> s.keys.stream())
                .collect(toUnmodifiableMap(issued -> issued.key.id(), issued -> issued.key));
        return Done.getInstance();
    }

    private void look() {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        var whole = looks++ % WHOLE == 0;
        CompletionStage<Done> done = completedStage(Done.getInstance());
        for (var tenant : tenants) {
            done = done.thenCompose(_ -> look(tenant, whole));
        }
        done.whenComplete((_, failure) -> {
            looking.set(false);
            note(failure);
        });
    }

    private CompletionStage<Done> look(String tenant, boolean whole) {
        var here = Optional.ofNullable(known.get(tenant)).map(Snapshot::changes).orElse(-1L);
        return rows.changes(tenant)
                .thenCompose(there -> whole || there > here
                        ? rows.read(tenant).thenApply(found -> accept(tenant, found))
                        : completedStage(Done.getInstance()));
    }

    private void note(@Nullable Throwable failure) {
        if (failure != null && !failing) {
            LOG.warn("issued keys cannot be read; those known stay as they are", failure);
        }
        failing = failure != null;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** 130 random bits: no two programs ever make the same. */
    private static String newId() {
        return "gw-%26s".formatted(new BigInteger(130, RANDOM).toString(32)).replace(' ', '0');
    }

    private static String secret() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
