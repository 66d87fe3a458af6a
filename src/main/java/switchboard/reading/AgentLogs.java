package switchboard.reading;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import switchboard.agent.Agent;
import switchboard.agent.Agent.Following;
import switchboard.audit.Reads.Seen;
import switchboard.audit.Reads.What;
import switchboard.conversation.Conversation.Look;
import switchboard.conversation.Conversation.View;
import switchboard.history.Live.At;
import switchboard.http.Crew;
import switchboard.http.Gate.Caller;
import switchboard.scribe.Told;
import switchboard.security.Access;
import switchboard.security.Action;
import switchboard.security.Principal;
import switchboard.workspace.Logs;

/** What one stream of an agent's is made of. For her actor each stream is a connection of its own, which lasts as long. */
final class AgentLogs implements Logs {

    private final Principal agent;
    private final String purpose;
    private final Crew crew;
    private final LiveLogs live;
    private final String connection = UUID.randomUUID().toString();
    private volatile Optional<ActorRef<Told>> stream = Optional.empty();

    AgentLogs(Caller caller, Crew crew, LiveLogs live) {
        this.agent = caller.principal();
        this.purpose = caller.purpose();
        this.crew = crew;
        this.live = live;
    }

    @Override
    public Log own(Consumer<Following> connected) {
        var persistenceId = Agent.persistenceId(agent.tenant(), agent.id());
        return new Followable(agent.tenant(), persistenceId, live, reader -> connect(reader, connected), 0);
    }

    private CompletionStage<At> connect(ActorRef<Told> reader, Consumer<Following> connected) {
        stream = Optional.of(reader);
        return crew.<Following>ask(agent, agent.id(), replyTo -> new Agent.Connected(connection, reader, replyTo))
                .thenApply(it -> {
                    connected.accept(it);
                    return new At(it.view().seq(), it.by());
                });
    }

    /** It is over: her actor would know by itself, but later where it is on another node. */
    void left() {
        stream.ifPresent(reader -> crew.tell(agent, agent.id(), new Agent.Disconnected(connection, reader)));
    }

    @Override
    public Log conversation(String id) {
        return Followable.conversation(agent, id, live, 0);
    }

    /** As when she reads its history. */
    @Override
    public CompletionStage<Done> seen(String conversation, long after) {
        var grant = Access.grant(agent.role(), Action.READ_HISTORY).orElseThrow();
        return live.reads().before(agent, grant, purpose, conversation, new Seen(What.STREAM, after, 0));
    }

    @Override
    public CompletionStage<View> look(String id) {
        return live.conversations().ask(agent, id, Look::new);
    }
}
