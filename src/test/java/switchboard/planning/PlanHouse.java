package switchboard.planning;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.Done;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Keyring;
import switchboard.log.TenantKeys;
import switchboard.log.Unconfirmed;
import switchboard.plan.Plan;
import switchboard.plan.PlanReader;
import switchboard.plan.PlanReader.Reading;
import switchboard.plan.PlanWriter;
import switchboard.scribe.Desk;

/** A node without a database, and plans that differ in what a contact costs. */
final class PlanHouse implements Keyring {

    static final TenantKeys KEYS = new TenantKeys(new byte[32], new byte[32]);
    static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    final Map<Long, List<Entry>> rows = new HashMap<>();
    final Unconfirmed unconfirmed = new Unconfirmed();
    volatile Instant clock = NOON;
    private final AtomicLong writers = new AtomicLong(1000);

    static Config config() {
        return EventSourcedBehaviorTestKit.config()
                .withFallback(ConfigFactory.parseString("""
                        pekko.actor.serializers.entry = "switchboard.log.EntrySerializer"
                        pekko.actor.serialization-bindings {
                          "switchboard.log.Entry" = entry
                          "switchboard.wire.Wire" = jackson-cbor
                        }
                        """))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }

    /** On which a contact costs so much. */
    static Plan plan(int units) {
        var json = """
                {"defaultQueue": "general", "otherChannels": {"pool": "interruptible", "units": %d},
                 "queues": [{"name": "general"}]}""".formatted(units);
        return ((Reading.Sound) PlanReader.read(json.getBytes(UTF_8))).plan();
    }

    static String json(int units) {
        return new String(PlanWriter.write(plan(units)), UTF_8);
    }

    Desk desk() {
        return new Desk(
                this,
                (_, seq) -> CompletableFuture.completedFuture(rows.getOrDefault(seq, List.of())),
                (pid, _) -> {
                    throw new AssertionError(pid + " owes nothing");
                },
                pid -> {
                    throw new AssertionError(pid + " owes nothing");
                },
                (_, _) -> {},
                writers::incrementAndGet,
                unconfirmed,
                () -> clock,
                new LongAdder());
    }

    @Override
    public TenantKeys tenant(String tenant) {
        return KEYS;
    }

    @Override
    public Optional<DataKey> next(String tenant) {
        throw new AssertionError("nothing is sealed");
    }

    @Override
    public CompletionStage<Optional<DataKey>> load(String tenant, String id) {
        throw new AssertionError("nothing is sealed");
    }

    @Override
    public CompletionStage<Done> erase(String tenant, String id) {
        throw new AssertionError("nothing is sealed");
    }
}
