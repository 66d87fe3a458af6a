package switchboard.routes;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import switchboard.agent.Agent;
import switchboard.agent.Agent.Following;
import switchboard.audit.Reads;
import switchboard.audit.Reads.Seen;
import switchboard.audit.Reads.What;
import switchboard.conversation.Conversation.Look;
import switchboard.conversation.Conversation.View;
import switchboard.history.Live.At;
import switchboard.http.Gate.Caller;
import switchboard.log.Keyring;
import switchboard.scribe.Told;
import switchboard.security.Access;
import switchboard.security.Action;
import switchboard.security.Principal;
import switchboard.workspace.Logs;

/** What one stream of an agent's is made of. For her actor each stream is a connection of its own, which lasts as long. */
final class AgentLogs implements Logs {

    private final Principal agent;
    private final String purpose;
    private final EntityRef<Agent.Command> entity;
    private final Duration patience;
    private final Conversations conversations;
    private final StreamRoutes.Rows rows;
    private final Keyring keyring;
    private final Reads reads;
    private final String connection = UUID.randomUUID().toString();
    private volatile Optional<ActorRef<Told>> stream = Optional.empty();

    /** Asks her for at most {@code patience}. */
    AgentLogs(
            Caller caller,
            EntityRef<Agent.Command> entity,
            Duration patience,
            Conversations conversations,
            StreamRoutes.Rows rows,
            Keyring keyring,
            Reads reads) {
        this.agent = caller.principal();
        this.purpose = caller.purpose();
        this.entity = entity;
        this.patience = patience;
        this.conversations = conversations;
        this.rows = rows;
        this.keyring = keyring;
        this.reads = reads;
    }

    @Override
    public Log own(Consumer<Following> connected) {
        var persistenceId = Agent.persistenceId(agent.tenant(), agent.id());
        return new Followable(agent.tenant(), persistenceId, rows, reader -> connect(reader, connected), keyring, 0);
    }

    private CompletionStage<At> connect(ActorRef<Told> reader, Consumer<Following> connected) {
        stream = Optional.of(reader);
        return entity.<Following>askWithStatus(replyTo -> new Agent.Connected(connection, reader, replyTo), patience)
                .thenApply(it -> {
                    connected.accept(it);
                    return new At(it.view().seq(), it.by());
                });
    }

    /** It is over: her actor would know by itself, but later where it is on another node. */
    void left() {
        stream.ifPresent(reader -> entity.tell(new Agent.Disconnected(connection, reader)));
    }

    @Override
    public Log conversation(String id) {
        return Followable.conversation(agent, id, conversations, rows, keyring, 0);
    }

    /** As when she reads its history. */
    @Override
    public CompletionStage<Done> seen(String conversation, long after) {
        var grant = Access.grant(agent.role(), Action.READ_HISTORY).orElseThrow();
        return reads.before(agent, grant, purpose, conversation, new Seen(What.STREAM, after, 0));
    }

    @Override
    public CompletionStage<View> look(String id) {
        return conversations.ask(agent, id, Look::new);
    }
}
