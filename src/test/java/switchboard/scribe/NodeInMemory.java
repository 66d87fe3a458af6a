package switchboard.scribe;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.Done;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Keyring;
import switchboard.log.TenantKeys;
import switchboard.log.Unconfirmed;

/** A node without a database: keys, debts, rows and a clock, each as a test has it. */
public abstract class NodeInMemory implements Keyring {

    public static final TenantKeys KEYS = new TenantKeys(new byte[32], new byte[32]);
    public static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    public final Map<String, DataKey> keys = new HashMap<>();
    public final Map<String, Instant> debts = new ConcurrentHashMap<>();
    public final Map<Long, List<Entry>> rows = new HashMap<>();
    public final LongAdder lateWrites = new LongAdder();
    public final Unconfirmed unconfirmed = new Unconfirmed();
    public volatile Instant now = NOON;
    public CompletionStage<Done> owing = done();
    public final TestRight right = new TestRight();
    private byte next;

    /** The in-memory journal, with entries as they are on disk. */
    public static Config config() {
        return EventSourcedBehaviorTestKit.config()
                .withFallback(ConfigFactory.parseString("""
                                pekko.actor.serializers.entry = "switchboard.log.EntrySerializer"
                                pekko.actor.serialization-bindings { "switchboard.log.Entry" = entry }
                                """))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }

    protected final Desk desk() {
        return new Desk(
                this,
                (_, seq) -> CompletableFuture.completedFuture(rows.getOrDefault(seq, List.of())),
                (pid, at) -> {
                    debts.put(pid, at);
                    return owing;
                },
                pid -> {
                    debts.remove(pid);
                    return done();
                },
                (_, _) -> {},
                right,
                unconfirmed,
                () -> now,
                lateWrites);
    }

    protected static CompletionStage<Done> done() {
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    @Override
    public TenantKeys tenant(String tenant) {
        return KEYS;
    }

    @Override
    public Optional<DataKey> next(String tenant) {
        var id = new byte[12];
        id[0] = ++next;
        var key = new DataKey(id, new byte[32]);
        keys.put(key.id(), key);
        return Optional.of(key);
    }

    @Override
    public CompletionStage<Optional<DataKey>> load(String tenant, String id) {
        return CompletableFuture.completedFuture(Optional.ofNullable(keys.get(id)));
    }

    @Override
    public CompletionStage<Done> erase(String tenant, String id) {
        keys.remove(id);
        return done();
    }
}
