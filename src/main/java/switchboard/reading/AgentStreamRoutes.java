package switchboard.reading;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.agent.Agent;
import switchboard.agent.Agent.View;
import switchboard.history.Live;
import switchboard.http.Crew;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.request.Headers;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.security.Action;
import switchboard.sse.Frames;
import switchboard.workspace.Cursor;
import switchboard.workspace.Line;
import switchboard.workspace.Shown;
import switchboard.workspace.Workspace;

/**
 * What an agent has before her, as it comes. While a stream of hers is up she counts as connected.
 *
 * <pre>
 * GET /v1/agents/{id}/stream?after=   Accept: text/event-stream   Last-Event-ID: cursor
 *     200 id: the cursor after it, event: the type, data: {"agent","event"} or {"conversation","event"}
 *         event: begin, reset   data: {"code","snapshot"}
 * </pre>
 */
public final class AgentStreamRoutes {

    /** Who is further behind in her own log has everything shown anew: half a page of history is dearer than a snapshot. */
    private static final int TOO_OLD = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(AgentStreamRoutes.class);
    private static final int CHUNK = 32 * 1024;
    private static final String AFTER = "after";

    /** From where it goes on; {@code code}: why not from where its reader was, empty where there is no such reason. */
    private record Start(Cursor cursor, boolean resumed, String code) {}

    private final Gate gate;
    private final Crew crew;
    private final LiveLogs live;

    public AgentStreamRoutes(Gate gate, Crew crew, LiveLogs live) {
        this.gate = gate;
        this.crew = crew;
        this.live = live;
    }

    public Route routes() {
        return gate.onNamed(Action.FOLLOW_AGENT, this::stream);
    }

    private Route stream(Caller caller, String id, HttpRequest request) {
        Crew.known(caller, id);
        Negotiation.choose(request, List.of("text/event-stream"));
        Parameters.of(request, Set.of(AFTER));
        var had = Headers.one(request, "Last-Event-ID").or(() -> Parameters.one(request, AFTER));
        return onSuccess(
                crew.<View>ask(caller, id, Agent.Look::new).thenApply(view -> opened(caller, start(caller, view, had))),
                answer -> complete(answer));
    }

    private Start start(Caller caller, View view, Optional<String> had) {
        var now = new Cursor(view.seq(), Map.of());
        if (had.isEmpty()) {
            return new Start(now, false, "");
        }
        var cursor = Cursor.read(had.get(), mac(caller)).filter(it -> it.seq() <= view.seq());
        return cursor.map(it -> view.seq() - it.seq() > TOO_OLD
                        ? new Start(now, false, "cursor_too_old")
                        : new Start(it, true, ""))
                .orElseGet(() -> new Start(now, false, "cursor_unknown"));
    }

    /** Of each tenant and agent another one. */
    private UnaryOperator<String> mac(Caller caller) {
        var keys = live.keyring().tenant(caller.principal().tenant());
        return text -> keys.mac("agent-cursor", caller.principal().id() + " " + text);
    }

    private HttpResponse opened(Caller caller, Start start) {
        var stream = live.streams().open(caller.principal(), () -> live.still().apply(caller));
        if (start.resumed) {
            live.counts().resumed().increment();
        }
        var waiting = new Live.Waiting();
        var logs = new AgentLogs(caller, crew, live);
        return stream.carrying(frames(caller, logs, start, waiting), waiting::at);
    }

    private Source<ByteString, NotUsed> frames(Caller caller, AgentLogs logs, Start start, Live.Waiting waiting) {
        var id = caller.principal().id();
        var mac = mac(caller);
        return Source.fromGraph(
                        new Workspace(id, logs, start.cursor, start.resumed, live.pace(), live.counts(), waiting))
                .watchTermination(Keep.right())
                .mapMaterializedValue(over -> {
                    over.whenComplete((_, _) -> logs.left());
                    return NotUsed.notUsed();
                })
                .map(shown -> frame(id, start.code, shown, mac))
                .onErrorComplete(failure -> brokenOff(id, failure))
                .batchWeighted(CHUNK, frames -> (long) frames.size(), frames -> frames, ByteString::concat);
    }

    private static ByteString frame(String agent, String code, Shown shown, UnaryOperator<String> mac) {
        var id = shown.cursor().text(mac);
        return switch (shown) {
            case Shown.Begun _ -> Frames.event(id, code.isEmpty() ? "begin" : "reset", begun(agent, code));
            case Shown.Own own -> event(id, "agent", agent, own.line());
            case Shown.Said said -> event(id, "conversation", said.conversation(), said.line());
        };
    }

    private static byte[] begun(String agent, String code) {
        var body = JsonNodeFactory.instance.objectNode();
        if (!code.isEmpty()) {
            body.put("code", code);
        }
        body.putArray("snapshot").add("/v1/agents/" + agent).add("/v1/conversations?agent=" + agent);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** {@code whose} is of letters, digits and hyphens; the line is JSON. */
    private static ByteString event(String id, String log, String whose, Line line) {
        var head = "{\"" + log + "\":\"" + whose + "\",\"event\":";
        var data = ByteString.fromString(head).concat(line.json()).concat(ByteString.fromString("}"));
        return Frames.event(id, line.row().entry().type(), data.toArray());
    }

    /** She comes again, with the last cursor that she has. */
    private static boolean brokenOff(String id, Throwable failure) {
        LOG.warn("stream of agent {} breaks off: {}", id, failure.toString());
        return true;
    }
}
