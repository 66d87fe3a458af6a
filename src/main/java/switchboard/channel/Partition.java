package switchboard.channel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import switchboard.log.Hash;
import switchboard.wire.Wire;

/**
 * One of the 16 parts of a channel's conversations: who fetches its messages. Soft state: what waits stands in rows, which
 * follow from the logs.
 */
public final class Partition {

    public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "Outbound");

    /** For good: rows and gateways name them. */
    public static final int COUNT = 16;

    /** What may be said to it. */
    public sealed interface Command extends Wire {}

    /**
     * Leases it to a connection, or renews that. A new connection wins; of others the one with the higher number.
     *
     * @param number as it was leased; 0 for a new connection
     * @param room how many messages the connection takes now
     */
    record Lease(long number, int room, ActorRef<Told> connection) implements Command {}

    /** The connection takes so many more. */
    record More(int messages, ActorRef<Told> connection) implements Command {}

    /** In this conversation the message {@code seq} waits; 0: none. {@code stamp}: an older word loses. */
    record Waits(String conversation, long seq, long stamp) implements Command {}

    /** The connection has ended. */
    record Gone(ActorRef<Told> connection) implements Command {}

    /** These rows stand, of at most {@code limit}, as it asked in its {@code read}-th reading. */
    record Stand(List<Waits> rows, int limit, long read) implements Command {}

    /** They cannot be read. */
    record Unread(Throwable why, long read) implements Command {}

    /** To look at the time. */
    record Tick() implements Command {}

    /** To read the rows. */
    record Reread() implements Command {}

    /** Ends it. */
    record Stop() implements Command {}

    /** What a connection is told. */
    sealed interface Told extends Wire {}

    /** The partition {@code index} is yours for 30 s from now; {@code by} is to be watched. */
    record Leased(int index, long number, ActorRef<Command> by) implements Told {}

    /** This message is to be delivered. */
    record Given(int index, String conversation, long seq) implements Told {}

    /** A newer connection has it. */
    record Taken(int index) implements Told {}

    /**
     * How it works.
     *
     * @param lease gone after so long without renewal
     * @param again a message that was sent and not accepted is sent again after so long
     * @param reread how often, on the average, the rows are read again to heal lost words
     * @param most conversations in memory
     */
    public record Pace(Duration lease, Duration again, Duration reread, int most) {}

    /** Reads at most so many rows of a partition, of conversations after the named one, in their order. */
    interface Rows {
        CompletionStage<List<Waits>> read(Id partition, String after, int limit);
    }

    /** What it needs of its node. */
    record Ports(Rows rows, InstantSource clock, Pace pace, Traffic traffic) {}

    /** Its name. */
    record Id(String tenant, String channel, int index) {

        static Id parse(String entityId) {
            var parts = entityId.split(":", -1);
            return new Id(parts[0], parts[1], Integer.parseInt(parts[2]));
        }

        /** The sharding id. */
        String entityId() {
            return tenant + ":" + channel + ":" + index;
        }
    }

    /** The partition of a conversation, 0 to 15: the first half byte of SHA-256 of its id; the same for ever. */
    public static int of(String conversation) {
        var hash = Hash.of(conversation.getBytes(StandardCharsets.UTF_8)).toString();
        return Character.digit(hash.charAt(0), 16);
    }

    /** The partition with that sharding id. */
    static Behavior<Command> create(String entityId, ActorRef<ClusterSharding.ShardCommand> shard, Ports ports) {
        return PartitionEntity.create(Id.parse(entityId), shard, ports);
    }

    private Partition() {}
}
