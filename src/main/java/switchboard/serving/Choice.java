package switchboard.serving;

import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.pattern.StatusReply;
import switchboard.register.Latest;
import switchboard.scribe.Desk;
import switchboard.scribe.Scribe;
import switchboard.wire.Wire;

/** Which model of a tenant is to serve; sharded by tenant. The one writer of that. */
public final class Choice {

    public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "Model");

    /** What may be asked. */
    public sealed interface Command extends Wire {}

    /**
     * What is chosen.
     *
     * @param number its entry's in the log: 1, 2, 3 …; 0: nobody has chosen yet, and the newest serves
     * @param by the opaque id of who chose
     * @param model its hash; empty: the newest, whichever that is
     */
    public record Chosen(long number, Instant at, String by, String model) implements Wire, Latest.Numbered {

        static final Chosen NOTHING = new Chosen(0, Instant.EPOCH, "", "");

        public boolean pins() {
            return !model.isEmpty();
        }
    }

    /**
     * From now on that serves. What is chosen already: as it is, whatever is expected. Refused: PRECONDITION_FAILED, UNAVAILABLE.
     *
     * @param expected the number of the choice that must stand; -1 for any
     */
    public record Choose(String by, long expected, String model, ActorRef<StatusReply<Chosen>> replyTo)
            implements Command {}

    /** What is chosen. */
    public record Look(ActorRef<StatusReply<Chosen>> replyTo) implements Command {}

    /**
     * {@code follower} is told of each choice until it ends, and of the present one at once where that is newer than {@code
     * known} (-1: none is). Again: as it is, so it may be asked again and again.
     */
    public record Follow(ActorRef<Told> follower, long known) implements Command {}

    /** That is chosen. */
    public record Told(String tenant, Chosen chosen) implements Wire {}

    /** One who followed has ended. */
    record Gone(ActorRef<Told> follower) implements Command {}

    /** What the actor tells itself about its log. */
    record Inward(Scribe.Inner what) implements Command {}

    /** Of the tenant, whose name is the sharding id. */
    public static Behavior<Command> create(String tenant, ActorRef<ClusterSharding.ShardCommand> shard, Desk desk) {
        return Behaviors.setup(context -> new ChoiceEntity(context, tenant, shard, desk));
    }

    /** The log's name in the journal. */
    public static String persistenceId(String tenant) {
        return KEY.name() + "|" + tenant;
    }

    private Choice() {}
}
