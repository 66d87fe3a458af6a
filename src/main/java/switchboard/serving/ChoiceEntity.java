package switchboard.serving;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import switchboard.log.Entry;
import switchboard.register.Latest;
import switchboard.register.Succession;
import switchboard.scribe.Desk;
import switchboard.serving.Choice.Choose;
import switchboard.serving.Choice.Chosen;
import switchboard.serving.Choice.Command;
import switchboard.serving.Choice.Follow;
import switchboard.serving.Choice.Gone;
import switchboard.serving.Choice.Inward;
import switchboard.serving.Choice.Look;
import switchboard.serving.Choice.Told;

/** The one writer of which model of a tenant is to serve. */
final class ChoiceEntity extends Succession<Command, Chosen, Told> {

    ChoiceEntity(
            ActorContext<Command> context, String tenant, ActorRef<ClusterSharding.ShardCommand> shard, Desk desk) {
        super(context, shard, tenant, Choice.persistenceId(tenant), desk, Inward::new);
    }

    @Override
    public Latest<Chosen> emptyState() {
        return new Latest<>(persistenceId().id(), this::genuine, Chosen.NOTHING, ChoiceEvent::chosen);
    }

    @Override
    public CommandHandler<Command, Entry, Latest<Chosen>> commandHandler() {
        return (book, command) -> switch (command) {
            case Inward c -> inner(book, c.what());
            case Command _ when waits(book) -> Effect().stash();
            case Choose c -> choose(book, c);
            case Look c -> look(book, c.replyTo());
            case Follow c -> follow(book, c.follower(), new Gone(c.follower()), c.known());
            case Gone c -> gone(c.follower());
        };
    }

    private Effect<Entry, Latest<Chosen>> choose(Latest<Chosen> book, Choose c) {
        var already = c.model().equals(book.standing().model());
        return replace(book, already, c.expected(), number -> event(number, c), c.replyTo());
    }

    private static Named event(long number, Choose c) {
        var event = ChoiceEvent.of(number, c.by(), c.model());
        return new Named(ChoiceEvent.type(event), event);
    }

    @Override
    protected Told told(String tenant, Chosen chosen) {
        return new Told(tenant, chosen);
    }
}
