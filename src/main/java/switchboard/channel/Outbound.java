package switchboard.channel;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.datastax.oss.driver.api.core.CqlSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Source;
import switchboard.channel.Partition.Command;
import switchboard.channel.Partition.Waits;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Facts;
import switchboard.journal.Journal;
import switchboard.log.Keyring;
import switchboard.storage.Stamp;
import switchboard.wire.Personal;

/**
 * What the channels' gateways are to deliver: at least once, in order per conversation and one of each at a time. A
 * follower keeps a row for each conversation that waits; partitions give what the rows say to whoever is connected.
 */
public final class Outbound {

    private static final int AHEAD = 8;

    /** What a connected gateway is told. */
    public sealed interface Told {}

    /**
     * A message to be delivered.
     *
     * @param thread the recipient, in canonical form
     * @param author {@code agent}, {@code bot} or {@code system}
     */
    public record Letter(
            String conversation, long seq, String channel, Personal thread, Personal text, Instant at, String author)
            implements Told {

        /** By which the gateway accepts it, and knows it again. */
        public String id() {
            return Conversation.messageId(conversation, seq);
        }
    }

    /** These partitions are a newer connection's now; what comes after is of the others. */
    public record Taken(Set<Integer> partitions) implements Told {
        public Taken {
            partitions = new TreeSet<>(partitions);
        }
    }

    private final ClusterSharding sharding;
    private final WaitingRows rows;
    private final Letters letters;
    private final Duration lease;
    private final Traffic traffic = new Traffic();

    /** Over the table {@code keyspace.outbound}, which must exist; starts the partitions' sharding. */
    public Outbound(
            ActorSystem<?> system,
            CqlSession session,
            String keyspace,
            Journal journal,
            Keyring keyring,
            InstantSource clock,
            Partition.Pace pace) {
        var materializer = Materializer.createMaterializer(system);
        sharding = ClusterSharding.get(system);
        lease = pace.lease();
        rows = new WaitingRows(session, keyspace, materializer);
        letters = new Letters(rows::find, journal::read, keyring, materializer, traffic);
        var ports = new Partition.Ports(rows, clock, pace, traffic);
        sharding.init(
                Entity.of(Partition.KEY, context -> Partition.create(context.getEntityId(), context.getShard(), ports))
                        .withStopMessage(new Partition.Stop()));
    }

    /** Takes note of which message waits; done once durable. An older word changes nothing. */
    public CompletionStage<Done> follow(Facts facts) {
        return rows.follow(facts).thenApply(done -> {
            var id = new Partition.Id(facts.tenant(), facts.channel(), Partition.of(facts.conversation()));
            var stamp = Stamp.of(facts.at(), facts.seq());
            partition(id).tell(new Waits(facts.conversation(), facts.waiting(), stamp));
            return done;
        });
    }

    /**
     * A gateway's line.
     *
     * @param told what it is told, for as long as it runs; fails when the database is away
     * @param stuck for how long something has been there that was not taken, at a time of {@link System#nanoTime}
     */
    public record Line(Source<Told, NotUsed> told, LongFunction<Optional<Duration>> stuck) {}

    /**
     * Leases partitions of a channel for as long as the line runs, away from whoever has them. First all that is not
     * accepted, then what comes. Ends when all partitions are taken away.
     */
    public Line connect(String tenant, String channel, Set<Integer> partitions) {
        var connection = new Connection(
                partitions, index -> partition(new Partition.Id(tenant, channel, index)), traffic, lease.dividedBy(3));
        var told = Source.fromGraph(connection)
                .mapAsync(AHEAD, event -> told(tenant, channel, event))
                .mapConcat(it -> it.stream().toList());
        return new Line(told, connection::stuck);
    }

    private CompletionStage<Optional<Told>> told(String tenant, String channel, Connection.Event event) {
        return switch (event) {
            case Connection.Deliver e ->
                letters.open(tenant, channel, e.conversation(), e.seq()).thenApply(letter -> letter.map(it -> it));
            case Connection.Lost e -> completedStage(Optional.of(new Taken(e.partitions())));
        };
    }

    private EntityRef<Command> partition(Partition.Id id) {
        return sharding.entityRefFor(Partition.KEY, id.entityId());
    }

    /** Counted on this node. */
    public Traffic traffic() {
        return traffic;
    }
}
