package switchboard.planning;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.pattern.StatusReply;
import switchboard.plan.PlanReader;
import switchboard.plan.PlanWriter;
import switchboard.register.Latest;
import switchboard.scribe.Desk;
import switchboard.scribe.Scribe;
import switchboard.wire.Wire;

/** The routing plan of a tenant, version by version; sharded by tenant. The one writer of what is in force. */
public final class RoutingPlan {

    public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "Plan");

    /** What a tenant has that has adopted none. */
    static final Version BUILT_IN =
            new Version(0, Instant.EPOCH, "", new String(PlanWriter.write(PlanReader.local()), UTF_8));

    /** What may be asked. */
    public sealed interface Command extends Wire {}

    /**
     * One version of the plan.
     *
     * @param number its entry's in the log: 1, 2, 3 …; 0 for the one that is built in, which is no one's and of no time
     * @param by the opaque id of who adopted it
     * @param plan JSON as {@link PlanWriter} writes it
     */
    public record Version(long number, Instant adoptedAt, String by, String plan) implements Wire, Latest.Numbered {}

    /**
     * Puts {@code plan} in force, as {@link PlanWriter} writes it. The one in force again: as it is, whatever is expected.
     * Refused: PRECONDITION_FAILED, UNAVAILABLE.
     *
     * @param by an opaque id
     * @param expected the version that must be in force; -1 for any
     */
    public record Adopt(String by, long expected, String plan, ActorRef<StatusReply<Version>> replyTo)
            implements Command {}

    /** The version in force. */
    public record Look(ActorRef<StatusReply<Version>> replyTo) implements Command {}

    /**
     * {@code follower} is told of each version from its adoption on until it ends, and of the one in force at once where
     * that is newer than {@code known} (-1: none is). Again: as it is, so it may be asked again and again.
     */
    public record Follow(ActorRef<Told> follower, long known) implements Command {}

    /** That is in force. */
    public record Told(String tenant, Version version) implements Wire {}

    /** One who followed has ended. */
    record Gone(ActorRef<Told> follower) implements Command {}

    /** What the actor tells itself about its log. */
    record Inward(Scribe.Inner what) implements Command {}

    /** The plan of the tenant, whose name is the sharding id. */
    public static Behavior<Command> create(String tenant, ActorRef<ClusterSharding.ShardCommand> shard, Desk desk) {
        return Behaviors.setup(context -> new PlanEntity(context, tenant, shard, desk));
    }

    /** The log's name in the journal. */
    public static String persistenceId(String tenant) {
        return KEY.name() + "|" + tenant;
    }

    private RoutingPlan() {}
}
