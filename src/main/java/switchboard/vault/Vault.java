package switchboard.vault;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.log.DataKey;
import switchboard.log.Keyring;
import switchboard.log.TenantKeys;

/**
 * The keys in Cassandra. The master key wraps each tenant's own keys, the tenant's wrapping key its data keys. What is
 * in the tables is of no use to one who has not the master key.
 */
public final class Vault implements Keyring, AutoCloseable {

    private static final String IDENTITY = "identity";
    private static final String CHAIN = "chain";
    private static final String WRAPPING = "wrapping";

    /** No tenant is named so: what lies there tells whether the master key is the right one. */
    private static final String MASTER = ".master";

    private static final int REMEMBERED = 10_000;
    private static final Duration FOR = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Vault.class);

    /** The keyspace's keys were made with another master key. */
    public static final class WrongMasterKey extends IllegalStateException {
        WrongMasterKey() {
            super("the master key is not the one that this keyspace's keys were made with");
        }
    }

    private record Tenant(TenantKeys keys, Wrapping wrapping, KeyPool pool) {}

    private final KeyRows rows;
    private final Wrapping master;
    private final int poolSize;
    private final KeyCache cache = new KeyCache(REMEMBERED, FOR, System::nanoTime);
    private final Map<String, CompletableFuture<Tenant>> tenants = new ConcurrentHashMap<>();
    private final LongAdder damaged = new LongAdder();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /**
     * Over the tables of {@code keyspace}, which must exist.
     *
     * @param masterKey 32 bytes
     * @param poolSize data keys that are kept ready for each tenant; unused ones are left behind at the end
     */
    public Vault(CqlSession session, String keyspace, byte[] masterKey, int poolSize) {
        this.rows = new KeyRows(session, keyspace);
        this.master = new Wrapping(masterKey);
        this.poolSize = poolSize;
    }

    /**
     * Loads the tenant's keys, made at its first time, and begins to fill its pool. Fails with {@link WrongMasterKey},
     * or while the database is away; it may be called again.
     */
    public CompletionStage<TenantKeys> prepare(String tenant) {
        var known = tenants.computeIfAbsent(
                tenant,
                t -> own(MASTER, List.of(WRAPPING))
                        .thenCompose(_ -> own(t, List.of(IDENTITY, CHAIN, WRAPPING)))
                        .thenApply(keys -> opened(t, keys))
                        .toCompletableFuture());
        return known.whenComplete((_, failure) -> {
                    if (failure != null) {
                        tenants.remove(tenant, known);
                    }
                })
                .thenApply(Tenant::keys);
    }

    @Override
    public TenantKeys tenant(String tenant) {
        return prepared(tenant).keys;
    }

    @Override
    public Optional<DataKey> next(String tenant) {
        return prepared(tenant).pool.next();
    }

    @Override
    public CompletionStage<DataKey> take(String tenant) {
        return prepared(tenant).pool.take();
    }

    @Override
    public CompletionStage<Optional<DataKey>> load(String tenant, String id) {
        var name = tenant + ' ' + id;
        var kept = cache.get(name);
        if (kept.isPresent()) {
            return CompletableFuture.completedStage(kept);
        }
        var asOf = cache.drops();
        return look(tenant, id).thenApply(found -> {
            found.ifPresent(key -> cache.put(name, key, asOf));
            return found;
        });
    }

    @Override
    public CompletionStage<Optional<DataKey>> look(String tenant, String id) {
        var wrapping = prepared(tenant).wrapping;
        return rows.find(tenant, id)
                .thenApply(found -> found.map(wrapped -> wrapping.unwrap(wrapped, tenant, id)
                        .map(secret -> new DataKey(Base64.getUrlDecoder().decode(id), secret))
                        .orElseThrow(() -> damaged(tenant, id))));
    }

    @Override
    public CompletionStage<Done> erase(String tenant, String id) {
        var name = tenant + ' ' + id;
        cache.drop(name);
        return rows.delete(tenant, id).thenApply(done -> {
            cache.drop(name);
            return done;
        });
    }

    /** How often a stored data key was found to be damaged. */
    public long damaged() {
        return damaged.sum();
    }

    /** Keys ready for the tenant now. */
    public int ready(String tenant) {
        return prepared(tenant).pool.ready();
    }

    /** Makes no more keys. */
    @Override
    public void close() {
        List.<CompletionStage<Tenant>>copyOf(tenants.values())
                .forEach(tenant -> tenant.thenAccept(t -> t.pool.close()));
    }

    private Tenant prepared(String tenant) {
        var known = tenants.get(tenant);
        if (known == null || !known.isDone() || known.isCompletedExceptionally()) {
            throw new IllegalStateException("tenant " + tenant + " is not prepared");
        }
        return known.join();
    }

    /** Those keys of {@code tenant}, by name; made when it has none at all, and never when only some are gone. */
    private CompletionStage<Map<String, byte[]>> own(String tenant, List<String> names) {
        return rows.tenantKeys(tenant)
                .thenCompose(found -> found.isEmpty()
                        ? rows.insertTenantKeys(tenant, fresh(tenant, names)).thenCompose(_ -> rows.tenantKeys(tenant))
                        : CompletableFuture.completedStage(found))
                .thenApply(found -> unwrapped(tenant, names, found));
    }

    private Map<String, byte[]> fresh(String tenant, List<String> names) {
        var wrapped = new HashMap<String, byte[]>();
        names.forEach(name -> wrapped.put(name, master.wrap(Wrapping.random(), tenant, name)));
        return wrapped;
    }

    private Map<String, byte[]> unwrapped(String tenant, List<String> names, Map<String, byte[]> wrapped) {
        var keys = new HashMap<String, byte[]>();
        for (var name : names) {
            var stored = Optional.ofNullable(wrapped.get(name))
                    .orElseThrow(() -> new IllegalStateException(
                            "the %s key of tenant %s is gone: restore it from a backup".formatted(name, tenant)));
            keys.put(name, master.unwrap(stored, tenant, name).orElseThrow(() -> unfit(tenant, name)));
        }
        return keys;
    }

    private static IllegalStateException unfit(String tenant, String name) {
        return tenant.equals(MASTER)
                ? new WrongMasterKey()
                : new IllegalStateException(
                        "the %s key of tenant %s was changed: restore it from a backup".formatted(name, tenant));
    }

    private Tenant opened(String tenant, Map<String, byte[]> keys) {
        var wrapping = new Wrapping(key(keys, WRAPPING));
        return new Tenant(
                new TenantKeys(key(keys, IDENTITY), key(keys, CHAIN)),
                wrapping,
                new KeyPool(tenant, poolSize, count -> make(tenant, wrapping, count), Vault::later));
    }

    private static byte[] key(Map<String, byte[]> keys, String name) {
        return requireNonNull(keys.get(name));
    }

    private CompletionStage<List<DataKey>> make(String tenant, Wrapping wrapping, int count) {
        var keys = Stream.generate(DataKey::random).limit(count).toList();
        var wrapped = new HashMap<String, byte[]>();
        keys.forEach(key -> wrapped.put(key.id(), wrapping.wrap(key.secret(), tenant, key.id())));
        return rows.insert(tenant, wrapped).thenApply(_ -> keys);
    }

    private DataKey.Damaged damaged(String tenant, String id) {
        damaged.increment();
        if (reported.size() < REMEMBERED && reported.add(tenant + ' ' + id)) {
            LOG.error("data key {} of tenant {} does not unwrap: somebody changed it", id, tenant);
        }
        return new DataKey.Damaged(tenant, id);
    }

    private static void later(Duration delay, Runnable task) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                .execute(task);
    }
}
