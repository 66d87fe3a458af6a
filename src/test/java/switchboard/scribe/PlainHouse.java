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
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.Done;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Keyring;
import switchboard.log.TenantKeys;
import switchboard.log.Unconfirmed;

/** A node without a database, for those whose log has nothing sealed and who owe nothing. */
public class PlainHouse implements Keyring {

    public static final TenantKeys KEYS = new TenantKeys(new byte[32], new byte[32]);
    public static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    public final Map<Long, List<Entry>> rows = new HashMap<>();
    public final Unconfirmed unconfirmed = new Unconfirmed();
    public volatile Instant clock = NOON;
    public final TestRight right = new TestRight();

    public static Config config() {
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

    public Desk desk() {
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
                right,
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
