package switchboard.planning;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
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
import switchboard.scribe.Desk;
import switchboard.scribe.Scribe;
import switchboard.scribe.Seal;
import switchboard.wire.Refusal;

/**
 * The one writer of a tenant's plan. It owes nothing: who follows it asks again and again, and so has it recover where it has
 * ended.
 */
final class PlanEntity extends Scribe<Command, PlanBook> {

    private final ActorContext<Command> context;
    private final String tenant;
    private final Seal seal;
    private final Set<ActorRef<Told>> followers = new HashSet<>();

    static Behavior<Command> create(String tenant, ActorRef<ClusterSharding.ShardCommand> shard, Desk desk) {
        return Behaviors.setup(context -> new PlanEntity(
                context, tenant, shard, desk, new Seal(tenant, RoutingPlan.persistenceId(tenant), desk)));
    }

    private PlanEntity(
            ActorContext<Command> context,
            String tenant,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Desk desk,
            Seal seal) {
        super(context, shard, RoutingPlan.persistenceId(tenant), desk, seal, Inward::new);
        this.context = context;
        this.tenant = tenant;
        this.seal = seal;
    }

    @Override
    public PlanBook emptyState() {
        return new PlanBook(persistenceId().id(), seal::genuine);
    }

    @Override
    protected void recovered(PlanBook book) {
        // those who follow come again by themselves
    }

    @Override
    protected List<Entry> again(PlanBook book, List<Entry> missing) {
        throw new IllegalStateException("nothing of a plan's is appended again");
    }

    @Override
    protected void before(PlanBook book, List<Entry> entries) {
        // nothing comes to be owed
    }

    @Override
    protected void after(PlanBook book, List<Entry> entries) {
        followers.forEach(follower -> follower.tell(told(book)));
    }

    @Override
    protected void settle(PlanBook book) {
        // nothing is owed
    }

    @Override
    public CommandHandler<Command, Entry, PlanBook> commandHandler() {
        return (book, command) -> switch (command) {
            case Inward c -> inner(book, c.what());
            case Command _ when waits(book) -> Effect().stash();
            case Adopt c -> adopt(book, c);
            case Look c -> look(book, c);
            case Follow c -> follow(book, c);
            case Gone c -> gone(c);
        };
    }

    private Effect<Entry, PlanBook> adopt(PlanBook book, Adopt c) {
        var inForce = book.inForce();
        if (c.plan().equals(inForce.plan())) {
            c.replyTo().tell(StatusReply.success(inForce));
            return Effect().none();
        }
        if (c.expected() >= 0 && c.expected() != inForce.number()) {
            c.replyTo().tell(Refusal.PRECONDITION_FAILED.reply());
            return Effect().none();
        }
        return write(book, entries(book, c), c.replyTo()::tell, PlanBook::inForce);
    }

    private List<Entry> entries(PlanBook book, Adopt c) {
        var adopted = PlanEvent.adopted(book.head().seq() + 1, c.by(), c.plan());
        var draft = new Seal.Draft(PlanEvent.type(adopted), "", adopted, Map.of());
        return seal.entries(book.head(), now(book), 0, List.of(draft));
    }

    private Effect<Entry, PlanBook> look(PlanBook book, Look c) {
        c.replyTo().tell(StatusReply.success(book.inForce()));
        return Effect().none();
    }

    private Effect<Entry, PlanBook> follow(PlanBook book, Follow c) {
        if (followers.add(c.follower())) {
            context.watchWith(c.follower(), new Gone(c.follower()));
        }
        if (c.known() < book.inForce().number()) {
            c.follower().tell(told(book));
        }
        return Effect().none();
    }

    private Effect<Entry, PlanBook> gone(Gone c) {
        followers.remove(c.follower());
        return Effect().none();
    }

    private Told told(PlanBook book) {
        return new Told(tenant, book.inForce());
    }
}
