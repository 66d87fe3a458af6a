package switchboard.serving;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import switchboard.log.Entry;
import switchboard.register.Registrar;
import switchboard.scribe.Desk;
import switchboard.scribe.Seal;
import switchboard.serving.Choice.Choose;
import switchboard.serving.Choice.Command;
import switchboard.serving.Choice.Follow;
import switchboard.serving.Choice.Gone;
import switchboard.serving.Choice.Inward;
import switchboard.serving.Choice.Look;
import switchboard.serving.Choice.Told;
import switchboard.wire.Refusal;

/** The one writer of which model of a tenant is to serve. */
final class ChoiceEntity extends Registrar<Command, ChoiceBook, Told> {

    private final String tenant;
    private final Seal seal;

    ChoiceEntity(
            ActorContext<Command> context,
            String tenant,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Desk desk,
            Seal seal) {
        super(context, shard, Choice.persistenceId(tenant), desk, seal, Inward::new);
        this.tenant = tenant;
        this.seal = seal;
    }

    @Override
    public ChoiceBook emptyState() {
        return new ChoiceBook(persistenceId().id(), seal::genuine);
    }

    @Override
    public CommandHandler<Command, Entry, ChoiceBook> commandHandler() {
        return (book, command) -> switch (command) {
            case Inward c -> inner(book, c.what());
            case Command _ when waits(book) -> Effect().stash();
            case Choose c -> choose(book, c);
            case Look c -> look(book, c);
            case Follow c ->
                follow(
                        book,
                        c.follower(),
                        new Gone(c.follower()),
                        c.known() < book.chosen().number());
            case Gone c -> gone(c.follower());
        };
    }

    private Effect<Entry, ChoiceBook> choose(ChoiceBook book, Choose c) {
        var chosen = book.chosen();
        if (c.model().equals(chosen.model())) {
            c.replyTo().tell(StatusReply.success(chosen));
            return Effect().none();
        }
        if (c.expected() >= 0 && c.expected() != chosen.number()) {
            c.replyTo().tell(Refusal.PRECONDITION_FAILED.reply());
            return Effect().none();
        }
        var event = ChoiceEvent.of(book.head().seq() + 1, c.by(), c.model());
        var entries = entries(book, List.of(new Named(ChoiceEvent.type(event), event)));
        return write(book, entries, c.replyTo()::tell, ChoiceBook::chosen);
    }

    private Effect<Entry, ChoiceBook> look(ChoiceBook book, Look c) {
        c.replyTo().tell(StatusReply.success(book.chosen()));
        return Effect().none();
    }

    @Override
    protected Told told(ChoiceBook book) {
        return new Told(tenant, book.chosen());
    }
}
