package switchboard.conversation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import switchboard.handling.Holds.Hold;
import switchboard.handling.Rules;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Keyring;
import switchboard.log.TenantKeys;
import switchboard.log.Unconfirmed;
import switchboard.plan.PlanReader;
import switchboard.scribe.Desk;

/** A node without a database: keys, debts, agents who do as the test says, and a clock that it turns. */
final class InMemoryNode implements Keyring, Reservation.Agents {

    static final TenantKeys KEYS = new TenantKeys(new byte[32], new byte[32]);
    static final Rules RULES = new Rules(7, PlanReader.local());
    static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    static final Duration WINDOW = Duration.ofHours(24);

    final Map<String, DataKey> keys = new HashMap<>();
    final Map<String, Instant> debts = new ConcurrentHashMap<>();
    final Map<Long, List<Entry>> rows = new HashMap<>();
    final List<Head> heads = new ArrayList<>();
    final LongAdder lateWrites = new LongAdder();
    Instant now = NOON;
    Rules rules = RULES;
    final Unconfirmed unconfirmed = new Unconfirmed();
    boolean empty;
    boolean damaged;
    CompletionStage<Done> erasing = CompletableFuture.completedFuture(Done.getInstance());
    CompletionStage<Done> owing = CompletableFuture.completedFuture(Done.getInstance());
    final Map<Conversation.Topic, List<Conversation.Facts>> told = new ConcurrentHashMap<>();
    volatile CompletionStage<Done> following = CompletableFuture.completedFuture(Done.getInstance());
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> agents = new CopyOnWriteArrayList<>();
    volatile CompletionStage<Done> holding = CompletableFuture.completedFuture(Done.getInstance());
    volatile CompletionStage<Done> telling = CompletableFuture.completedFuture(Done.getInstance());
    private final AtomicLong writers = new AtomicLong(1000);
    private byte next;

    static Config config() {
        return EventSourcedBehaviorTestKit.config()
                .withFallback(ConfigFactory.parseString("""
                                pekko.actor.serializers.entry = "switchboard.log.EntrySerializer"
                                pekko.actor.serialization-bindings { "switchboard.log.Entry" = entry }
                                """))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }

    Conversation.Ports ports() {
        var desk = new Desk(
                this,
                (_, seq) -> CompletableFuture.completedFuture(rows.getOrDefault(seq, List.of())),
                (pid, at) -> {
                    debts.put(pid, at);
                    return owing;
                },
                pid -> {
                    debts.remove(pid);
                    return CompletableFuture.completedFuture(Done.getInstance());
                },
                (_, head) -> heads.add(head),
                writers::incrementAndGet,
                unconfirmed,
                () -> now,
                lateWrites);
        return new Conversation.Ports(
                desk,
                (topic, facts) -> {
                    told.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>())
                            .add(facts);
                    return following;
                },
                this,
                _ -> rules,
                WINDOW);
    }

    @Override
    public CompletionStage<Done> hold(String tenant, String reservation, Reservation.Propose what) {
        asked.add(what.agent() + " " + reservation);
        return holding;
    }

    @Override
    public CompletionStage<Done> tell(String tenant, String reservation, Hold hold) {
        agents.add(hold.agent() + " " + reservation + " " + hold.stage());
        return telling;
    }

    @Override
    public TenantKeys tenant(String tenant) {
        return KEYS;
    }

    @Override
    public Optional<DataKey> next(String tenant) {
        if (empty) {
            return Optional.empty();
        }
        var id = new byte[12];
        id[0] = ++next;
        var key = new DataKey(id, new byte[32]);
        keys.put(key.id(), key);
        return Optional.of(key);
    }

    @Override
    public CompletionStage<Optional<DataKey>> load(String tenant, String id) {
        return damaged
                ? CompletableFuture.failedFuture(new DataKey.Damaged(tenant, id))
                : CompletableFuture.completedFuture(Optional.ofNullable(keys.get(id)));
    }

    @Override
    public CompletionStage<Done> erase(String tenant, String id) {
        if (!erasing.toCompletableFuture().isCompletedExceptionally()) {
            keys.remove(id);
        }
        return erasing;
    }
}
