package switchboard.planning;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import switchboard.log.Entry;
import switchboard.planning.RoutingPlan.Adopt;
import switchboard.planning.RoutingPlan.Command;
import switchboard.planning.RoutingPlan.Follow;
import switchboard.planning.RoutingPlan.Gone;
import switchboard.planning.RoutingPlan.Inward;
import switchboard.planning.RoutingPlan.Look;
import switchboard.planning.RoutingPlan.Told;
import switchboard.planning.RoutingPlan.Version;
import switchboard.register.Latest;
import switchboard.register.Succession;
import switchboard.scribe.Desk;

/** The one writer of a tenant's plan. */
final class PlanEntity extends Succession<Command, Version, Told> {

    PlanEntity(ActorContext<Command> context, String tenant, ActorRef<ClusterSharding.ShardCommand> shard, Desk desk) {
        super(context, shard, tenant, RoutingPlan.persistenceId(tenant), desk, Inward::new);
    }

    @Override
    public Latest<Version> emptyState() {
        return new Latest<>(persistenceId().id(), this::genuine, RoutingPlan.BUILT_IN, PlanEvent::version);
    }

    @Override
    public CommandHandler<Command, Entry, Latest<Version>> commandHandler() {
        return (book, command) -> switch (command) {
            case Inward c -> inner(book, c.what());
            case Command _ when waits(book) -> Effect().stash();
            case Adopt c -> adopt(book, c);
            case Look c -> look(book, c.replyTo());
            case Follow c -> follow(book, c.follower(), new Gone(c.follower()), c.known());
            case Gone c -> gone(c.follower());
        };
    }

    private Effect<Entry, Latest<Version>> adopt(Latest<Version> book, Adopt c) {
        var already = c.plan().equals(book.standing().plan());
        return replace(book, already, c.expected(), number -> adopted(number, c), c.replyTo());
    }

    private static Named adopted(long number, Adopt c) {
        var adopted = PlanEvent.adopted(number, c.by(), c.plan());
        return new Named(PlanEvent.type(adopted), adopted);
    }

    @Override
    protected Told told(String tenant, Version inForce) {
        return new Told(tenant, inForce);
    }
}
