package switchboard.knowledge;

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
import switchboard.knowledge.Catalogue.Change;
import switchboard.knowledge.Catalogue.Command;
import switchboard.knowledge.Catalogue.Follow;
import switchboard.knowledge.Catalogue.Gone;
import switchboard.knowledge.Catalogue.Inward;
import switchboard.knowledge.Catalogue.Look;
import switchboard.knowledge.Catalogue.Outcomes;
import switchboard.knowledge.Catalogue.Told;
import switchboard.knowledge.Shelfmarks.Mark;
import switchboard.log.Entry;
import switchboard.scribe.Desk;
import switchboard.scribe.Scribe;
import switchboard.scribe.Seal;
import switchboard.wire.Refusal;

/**
 * The one writer of what a tenant knows. It owes nothing: who follows it asks again and again, and so has it recover where it
 * has ended.
 */
final class CatalogueEntity extends Scribe<Command, CatalogueBook> {

    private final ActorContext<Command> context;
    private final String tenant;
    private final Seal seal;
    private final BuiltInArticles builtIn;
    private final Set<ActorRef<Told>> followers = new HashSet<>();

    static Behavior<Command> create(
            String tenant, ActorRef<ClusterSharding.ShardCommand> shard, Desk desk, BuiltInArticles builtIn) {
        return Behaviors.setup(context -> new CatalogueEntity(
                context, tenant, shard, desk, new Seal(tenant, Catalogue.persistenceId(tenant), desk), builtIn));
    }

    private CatalogueEntity(
            ActorContext<Command> context,
            String tenant,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Desk desk,
            Seal seal,
            BuiltInArticles builtIn) {
        super(context, shard, Catalogue.persistenceId(tenant), desk, seal, Inward::new);
        this.context = context;
        this.tenant = tenant;
        this.seal = seal;
        this.builtIn = builtIn;
    }

    @Override
    public CatalogueBook emptyState() {
        return new CatalogueBook(persistenceId().id(), seal::genuine, builtIn);
    }

    @Override
    protected void recovered(CatalogueBook book) {
        // those who follow come again by themselves
    }

    @Override
    protected List<Entry> again(CatalogueBook book, List<Entry> missing) {
        throw new IllegalStateException("nothing of what is known is appended again");
    }

    @Override
    protected void before(CatalogueBook book, List<Entry> entries) {
        // nothing comes to be owed
    }

    @Override
    protected void after(CatalogueBook book, List<Entry> entries) {
        followers.forEach(follower -> follower.tell(told(book)));
    }

    @Override
    protected void settle(CatalogueBook book) {
        // nothing is owed
    }

    @Override
    public CommandHandler<Command, Entry, CatalogueBook> commandHandler() {
        return (book, command) -> switch (command) {
            case Inward c -> inner(book, c.what());
            case Command _ when waits(book) -> Effect().stash();
            case Change c -> change(book, c);
            case Look c -> look(book, c);
            case Follow c -> follow(book, c);
            case Gone c -> gone(c);
        };
    }

    private Effect<Entry, CatalogueBook> change(CatalogueBook book, Change c) {
        var edits = Edits.of(book.marks(), book.head().seq(), c.by(), c.edits());
        var outcomes = new Outcomes(edits.outcomes());
        if (edits.events().isEmpty()) {
            c.replyTo().tell(StatusReply.success(outcomes));
            return Effect().none();
        }
        return write(book, entries(book, edits), c.replyTo()::tell, _ -> outcomes);
    }

    private List<Entry> entries(CatalogueBook book, Edits edits) {
        var drafts = edits.events().stream()
                .map(event -> new Seal.Draft(KnowledgeEvent.type(event), "", event, Map.of()))
                .toList();
        return seal.entries(book.head(), now(book), 0, drafts);
    }

    private Effect<Entry, CatalogueBook> look(CatalogueBook book, Look c) {
        c.replyTo()
                .tell(book.marks()
                        .find(c.id())
                        .filter(Mark::stands)
                        .map(mark -> StatusReply.success(mark.version()))
                        .orElseGet(Refusal.NOT_FOUND::reply));
        return Effect().none();
    }

    private Effect<Entry, CatalogueBook> follow(CatalogueBook book, Follow c) {
        if (followers.add(c.follower())) {
            context.watchWith(c.follower(), new Gone(c.follower()));
        }
        if (c.known() < book.head().seq()) {
            c.follower().tell(told(book));
        }
        return Effect().none();
    }

    private Effect<Entry, CatalogueBook> gone(Gone c) {
        followers.remove(c.follower());
        return Effect().none();
    }

    private Told told(CatalogueBook book) {
        return new Told(tenant, book.head().seq());
    }
}
