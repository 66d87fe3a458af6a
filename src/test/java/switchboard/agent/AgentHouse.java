package switchboard.agent;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import switchboard.agent.Agent.Facts;
import switchboard.agent.Agent.Question;
import switchboard.agent.Agent.Standing;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Keyring;
import switchboard.log.TenantKeys;
import switchboard.log.Unconfirmed;
import switchboard.scribe.Desk;

/** A node without a database, and conversations that answer as a test says. */
final class AgentHouse implements Keyring, Agent.Reservations, Agent.Followers {

    static final TenantKeys KEYS = new TenantKeys(new byte[32], new byte[32]);
    static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    static final Duration GRACE = Duration.ofSeconds(30);

    final Map<String, DataKey> keys = new HashMap<>();
    final Map<String, Instant> debts = new ConcurrentHashMap<>();
    final Map<Long, List<Entry>> rows = new HashMap<>();
    final Unconfirmed unconfirmed = new Unconfirmed();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final Map<String, Standing> standings = new ConcurrentHashMap<>();
    final List<Facts> told = new CopyOnWriteArrayList<>();
    final List<Facts> now = new CopyOnWriteArrayList<>();
    volatile CompletionStage<Done> following = done();
    volatile Instant clock = NOON;
    private final AtomicLong writers = new AtomicLong(1000);
    private byte next;

    /** Timers run when a test says so. */
    static Config config() {
        return ManualTime.config()
                .withFallback(EventSourcedBehaviorTestKit.config())
                .withFallback(ConfigFactory.parseString("""
                                pekko.actor.serializers.entry = "switchboard.log.EntrySerializer"
                                pekko.actor.serialization-bindings { "switchboard.log.Entry" = entry }
                                """))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }

    Agent.Ports ports() {
        var desk = new Desk(
                this,
                (_, seq) -> CompletableFuture.completedFuture(rows.getOrDefault(seq, List.of())),
                (pid, at) -> {
                    debts.put(pid, at);
                    return done();
                },
                pid -> {
                    debts.remove(pid);
                    return done();
                },
                (_, _) -> {},
                writers::incrementAndGet,
                unconfirmed,
                () -> clock,
                new LongAdder());
        return new Agent.Ports(desk, this, this, new Agent.Patience(GRACE, 2, 1));
    }

    private static CompletionStage<Done> done() {
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    @Override
    public CompletionStage<Standing> ask(String tenant, String agent, String reservation, Question question) {
        asked.add(question + " " + reservation);
        return CompletableFuture.completedFuture(standings.getOrDefault(reservation, Standing.UNKNOWN));
    }

    @Override
    public CompletionStage<Done> follow(Facts facts) {
        told.add(facts);
        return following;
    }

    @Override
    public void now(Facts facts) {
        now.add(facts);
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
