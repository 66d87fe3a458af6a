package switchboard.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import switchboard.SwitchboardProcess;
import switchboard.agent.Agent;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.View;
import switchboard.edge.Edge;
import switchboard.edge.Scene;
import switchboard.edge.Sse;
import switchboard.history.Script;
import switchboard.log.DataKey;
import switchboard.workspace.Cursor;

/** Ana, who follows her stream, and one conversation that comes to her. */
abstract class AgentStreamFixture {

    private static final String PID = Conversation.persistenceId("local", C);
    static final String ANA = "/v1/agents/ana/stream";
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    final Edge edge = new Edge();
    final DataKey key = edge.vault.key(1);
    final Script own = new Script(edge.actors, Agent.persistenceId("local", "ana"));
    final Script chat = new Script(edge.actors, PID);
    private final List<Sse> open = new ArrayList<>();
    final Set<String> connections = ConcurrentHashMap.newKeySet();
    private final ActorRef<Agent.Command> actor = edge.actors.spawn(Behaviors.ignore());
    volatile List<String> holds = List.of();
    volatile String owner = "";

    @BeforeEach
    void ana_is_there_and_a_conversation_of_nobody() {
        own.write("presence.changed", Map.of("by", "ana", "presence", "available"));
        chat.write("conversation.opened", Map.of("by", "customer", "channel", "web", "rule", 1, "erased", true));
        edge.rows = (id, after, until) -> (id.equals(PID) ? chat : own).read(after, until);
        edge.answering(this::answer);
        edge.agents = (_, command) -> answer(command);
    }

    @AfterEach
    void stop() {
        open.forEach(Sse::close);
        awaitGone();
        edge.close();
    }

    /** Who leaves says so: were nobody there any more to hear it, the end would wait for that, for seconds. */
    private void awaitGone() {
        SwitchboardProcess.await("all have left", connections::isEmpty);
    }

    /** It is Ana's, by a supervisor's order. */
    void assigned() {
        chat.write("message.received", chat.sealed(key, "Where is it?"));
        owner = "ana";
        chat.write("agent.assigned", Map.of("agent", "ana", "epoch", 2, "by", "sue"));
        grants();
    }

    void grants() {
        holds = List.of(C + ".2");
        own.write("hold.granted", Map.of("reservation", C + ".2", "pool", "chat", "units", 34));
    }

    Sse reads() throws Exception {
        return reads(ANA, Optional.empty());
    }

    /** After the first line, which says when to come again. */
    Sse reads(String target, Optional<String> cursor) throws Exception {
        var response = asks("ana", target, cursor);
        assertThat(response.status().intValue()).isEqualTo(200);
        open.add(new Sse(response, edge.actors.system()));
        assertThat(open.getLast().next()).startsWith("retry: ");
        return open.getLast();
    }

    String cursor(String agent, long seq) {
        return new Cursor(seq, Map.of())
                .text(text -> edge.vault.tenant("local").mac("agent-cursor", agent + " " + text));
    }

    static String id(String block) {
        return block.substring("id: ".length(), block.indexOf('\n'));
    }

    HttpResponse asks(String caller, String target, Optional<String> cursor) throws Exception {
        var request = HttpRequest.GET(target).addHeader(Edge.header("Accept", "text/event-stream"));
        return edge.ask(Edge.as(
                (caller.equals("ana") ? "agent-ana" : caller) + ".local-only",
                cursor.map(id -> request.addHeader(Edge.header("Last-Event-ID", id)))
                        .orElse(request)));
    }

    private StatusReply<?> answer(Agent.Command command) {
        return switch (command) {
            case Agent.Look _ -> StatusReply.success(ana());
            case Agent.Connected c -> {
                connections.add(c.connection());
                own.following(c.stream());
                yield StatusReply.success(new Agent.Following(ana(), holds, actor));
            }
            case Agent.Disconnected c -> {
                connections.remove(c.connection());
                yield StatusReply.success(ana());
            }
            case Agent.Command other -> throw new AssertionError("nobody asks " + other);
        };
    }

    private Agent.View ana() {
        var it = Scene.ana();
        return new Agent.View(
                it.id(),
                own.head(),
                it.presence(),
                it.routing(),
                it.offers(),
                it.profile(),
                it.load(),
                NOON,
                NOON,
                "",
                0);
    }

    private StatusReply<?> answer(Command command) {
        return switch (command) {
            case Conversation.Follow follow -> StatusReply.success(chat.following(follow.reader()));
            case Conversation.Look _ -> {
                var offered = owner.equals("offered") ? "ana" : "";
                yield StatusReply.success(new View(
                        C,
                        chat.head(),
                        "web",
                        "assigned",
                        1,
                        offered.isEmpty() ? owner : "",
                        "",
                        offered,
                        1,
                        "",
                        1,
                        NOON,
                        NOON,
                        "",
                        0));
            }
            case Command other -> throw new AssertionError("nobody asks " + other);
        };
    }
}
