package switchboard.knowledge;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
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
import switchboard.register.Registrar;
import switchboard.scribe.Desk;
import switchboard.wire.Refusal;

/** The one writer of what a tenant knows. */
final class CatalogueEntity extends Registrar<Command, CatalogueBook, Told> {

    private final BuiltInArticles builtIn;

    CatalogueEntity(
            ActorContext<Command> context,
            String tenant,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Desk desk,
            BuiltInArticles builtIn) {
        super(context, shard, tenant, Catalogue.persistenceId(tenant), desk, Inward::new);
        this.builtIn = builtIn;
    }

    @Override
    public CatalogueBook emptyState() {
        return new CatalogueBook(persistenceId().id(), this::genuine, builtIn);
    }

    @Override
    public CommandHandler<Command, Entry, CatalogueBook> commandHandler() {
        return (book, command) -> switch (command) {
            case Inward c -> inner(book, c.what());
            case Command _ when waits(book) -> Effect().stash();
            case Change c -> change(book, c);
            case Look c -> look(book, c);
            case Follow c ->
                follow(
                        book,
                        c.follower(),
                        new Gone(c.follower()),
                        c.known() < book.head().seq());
            case Gone c -> gone(c.follower());
        };
    }

    private Effect<Entry, CatalogueBook> change(CatalogueBook book, Change c) {
        var edits = Edits.of(book.marks(), book.head().seq(), c.by(), c.edits());
        var outcomes = new Outcomes(edits.outcomes());
        if (edits.events().isEmpty()) {
            c.replyTo().tell(StatusReply.success(outcomes));
            return Effect().none();
        }
        var events = edits.events().stream()
                .map(event -> new Named(KnowledgeEvent.type(event), event))
                .toList();
        return write(book, entries(book, events), c.replyTo()::tell, _ -> outcomes);
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

    @Override
    protected Told told(String tenant, CatalogueBook book) {
        return new Told(tenant, book.head().seq());
    }
}
