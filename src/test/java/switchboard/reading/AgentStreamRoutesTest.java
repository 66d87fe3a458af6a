package switchboard.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
import switchboard.request.Fault;
import switchboard.wire.Refusal;
import switchboard.workspace.Cursor;

class AgentStreamRoutesTest {

    private static final String PID = Conversation.persistenceId("local", C);
    private static final String ANA = "/v1/agents/ana/stream";
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private final Edge edge = new Edge();
    private final DataKey key = edge.vault.key(1);
    private final Script own = new Script(edge.actors, Agent.persistenceId("local", "ana"));
    private final Script chat = new Script(edge.actors, PID);
    private final List<Sse> open = new ArrayList<>();
    private final Set<String> connections = ConcurrentHashMap.newKeySet();
    private final ActorRef<Agent.Command> actor = edge.actors.spawn(Behaviors.ignore());
    private volatile List<String> holds = List.of();
    private volatile String owner = "";

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
        edge.close();
    }

    @Test
    void her_own_log_and_what_she_has_are_shown_as_they_are_in_their_histories() throws Exception {
        var reader = reads();
        var begin = reader.next();
        assertThat(begin)
                .startsWith("id: 1.1.")
                .endsWith("event: begin\ndata: {\"snapshot\":[\"/v1/agents/ana\",\"/v1/conversations?agent=ana\"]}");

        assigned();

        assertThat(reader.next())
                .startsWith("id: 1.2.")
                .contains(
                        "\nevent: hold.granted\ndata: {\"agent\":\"ana\",\"event\":{\"seq\":2,\"type\":\"hold.granted\",")
                .contains("\"reservation\":\"" + C + ".2\"")
                .endsWith("}}}");
        assertThat(reader.next())
                .contains("\nevent: agent.assigned\ndata: {\"conversation\":\"" + C + "\",\"event\":{\"seq\":3,")
                .contains("\"by\":\"sue\"")
                .endsWith("}}}");
        assertThat(reader.next()).contains("\nevent: conversation.opened\n");
        assertThat(reader.next()).contains("\nevent: message.received\n").endsWith("{\"text\":\"Where is it?\"}}}");
    }

    @Test
    void an_offer_tells_its_reservation_and_until_when() throws Exception {
        var reader = reads();
        reader.next();
        grants();
        owner = "offered";
        chat.write(
                "reservation.created",
                Map.of(
                        "reservation",
                        C + ".2",
                        "agent",
                        "ana",
                        "deadline",
                        "2030-01-01T12:00:20Z",
                        "queue",
                        "support",
                        "pool",
                        "chat",
                        "units",
                        34,
                        "decision",
                        Map.of("rank", 1)));

        reader.next();
        assertThat(reader.next())
                .contains("\nevent: reservation.created\n")
                .contains("\"deadline\":\"2030-01-01T12:00:20Z\"")
                .contains("\"decision\":{\"rank\":1}");
        assertThat(reader.next()).contains("\nevent: conversation.opened\n");
        assertThat(edge.readRows.lines()).hasSize(1).first().asString().startsWith("local ana/agent stream 0-0");
    }

    @Test
    void an_open_stream_is_stored_by_nobody_and_held_up_by_no_proxy() throws Exception {
        var response = asks("ana", ANA, Optional.empty());

        assertThat(response.entity().getContentType().toString()).isEqualTo("text/event-stream");
        assertThat(response.getHeader("Cache-Control").map(HttpHeader::value)).contains("no-store");
        assertThat(response.getHeader("X-Accel-Buffering").map(HttpHeader::value))
                .contains("no");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_cursor_resumes_in_the_header_and_in_the_address(boolean inHeader) throws Exception {
        assigned();
        var reader = reads();
        reader.next();
        reader.next();
        var cursor = id(reader.next());
        reader.close();
        own.write("presence.changed", Map.of("by", "ana", "presence", "busy"));

        var again = inHeader ? reads(ANA, Optional.of(cursor)) : reads(ANA + "?after=" + cursor, Optional.empty());

        var seen = List.of(again.next(), again.next());
        assertThat(seen).anyMatch(it -> it.contains("event: message.received\n"));
        assertThat(seen).anyMatch(it -> it.contains("event: presence.changed\n"));
        assertThat(edge.counts.resumed().sum()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "x", "1.1.00000000000000000000000000000000", "", "1.zz"})
    void a_cursor_that_was_never_given_begins_anew(String cursor) throws Exception {
        assigned();

        var reader = reads(ANA, Optional.of(cursor));

        assertThat(reader.next())
                .contains("event: reset\ndata: {\"code\":\"cursor_unknown\",\"snapshot\":[\"/v1/agents/ana\",");
        assertThat(reader.next()).contains("event: agent.assigned\n");
    }

    @Test
    void one_that_was_given_to_a_colleague_is_none_of_hers() throws Exception {
        own.write("presence.changed", Map.of("by", "ana", "presence", "busy"));

        assertThat(reads(ANA, Optional.of(cursor("ana", 1))).next()).contains("event: presence.changed");
        assertThat(reads(ANA, Optional.of(cursor("bo", 1))).next()).contains("\"code\":\"cursor_unknown\"");
    }

    @Test
    void one_that_is_further_than_her_log_begins_anew() throws Exception {
        assertThat(reads(ANA, Optional.of(cursor("ana", 2))).next()).contains("\"code\":\"cursor_unknown\"");
    }

    @Test
    void one_that_her_log_has_left_far_behind_begins_anew() throws Exception {
        own.with(1_001);

        assertThat(reads(ANA, Optional.of(cursor("ana", 1))).next()).contains("\"code\":\"cursor_too_old\"");
    }

    @Test
    void each_stream_is_a_connection_of_its_own_for_as_long_as_it_is_up() throws Exception {
        var one = reads();
        var two = reads();
        one.next();
        two.next();
        assertThat(connections).hasSize(2);

        one.close();

        SwitchboardProcess.await("one", () -> connections.size() == 1);
        two.close();
        SwitchboardProcess.await("none", connections::isEmpty);
    }

    @Test
    void one_that_nobody_reads_is_no_connection() throws Exception {
        asks("ana", ANA, Optional.empty());

        assertThat(connections).isEmpty();
    }

    @Test
    void a_program_that_stops_ends_it_and_the_connection() throws Exception {
        var reader = reads();
        reader.next();

        edge.streams.close();

        assertThat(reader.next()).matches("retry: [0-9]{4}");
        assertThat(reader.next()).isEqualTo("over");
        SwitchboardProcess.await("none", connections::isEmpty);
        assertThat(edge.problem(asks("ana", ANA, Optional.empty()))).isEqualTo("503 not_ready");
    }

    @Test
    void one_whose_credential_falls_is_shown_nothing_more_and_counts_as_gone() throws Exception {
        var reader = reads();
        reader.next();

        edge.fault = Optional.of(Fault.KEY_REVOKED);
        own.write("presence.changed", Map.of("by", "ana", "presence", "busy"));

        assertThat(reader.next()).isEqualTo("event: end\ndata: {\"code\":\"key_revoked\"}");
        assertThat(reader.next()).isEqualTo("over");
        SwitchboardProcess.await("none", connections::isEmpty);
    }

    @Test
    void an_agent_who_is_deleted_is_told_so_and_has_no_stream_any_more() throws Exception {
        var reader = reads();
        reader.next();

        own.write("agent.deleted", Map.of("by", "adam", "keys", List.of("AAAAAAAAAAAAAAAA")));

        assertThat(reader.next()).contains("event: agent.deleted\n");
        assertThat(reader.next()).isEqualTo("over");
        edge.agents = (_, _) -> Refusal.NOT_FOUND.reply();
        assertThat(edge.problem(asks("ana", ANA, Optional.empty()))).isEqualTo("404 not_found");
    }

    @ParameterizedTest
    @CsvSource({"agent-bo", "supervisor", "admin", "auditor", "gateway"})
    void nobody_else_has_it(String caller) throws Exception {
        assertThat(edge.problem(asks(caller, ANA, Optional.empty()))).isEqualTo("403 role_not_allowed");
        assertThat(edge.streams.count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"?before=3, unknown_parameter", "?after=1&after=2, invalid_parameter"})
    void a_query_that_is_not_served_is_refused(String query, String code) throws Exception {
        assertThat(edge.problem(asks("ana", ANA + query, Optional.empty()))).isEqualTo("400 " + code);
    }

    @Test
    void a_conversation_that_is_taken_from_her_is_shown_to_that_and_no_further() throws Exception {
        assigned();
        var reader = reads();
        for (int i = 0; i < 4; i++) {
            reader.next();
        }

        owner = "bo";
        chat.write("agent.released", Map.of("agent", "ana", "epoch", 2, "reason", "reassigned"));
        chat.write("message.received", sealed("for Bo"));
        own.write("presence.changed", Map.of("by", "ana", "presence", "busy"));

        var seen = List.of(reader.next(), reader.next());
        assertThat(seen).anyMatch(it -> it.contains("event: agent.released\n"));
        assertThat(seen).anyMatch(it -> it.contains("event: presence.changed\n"));
        own.write("presence.changed", Map.of("by", "ana", "presence", "available"));
        assertThat(reader.next()).contains("event: presence.changed\n");
    }

    /** It is Ana's, by a supervisor's order. */
    private void assigned() {
        chat.write("message.received", sealed("Where is it?"));
        owner = "ana";
        chat.write("agent.assigned", Map.of("agent", "ana", "epoch", 2, "by", "sue"));
        grants();
    }

    private void grants() {
        holds = List.of(C + ".2");
        own.write("hold.granted", Map.of("reservation", C + ".2", "pool", "chat", "units", 34));
    }

    private Sse reads() throws Exception {
        return reads(ANA, Optional.empty());
    }

    /** After the first line, which says when to come again. */
    private Sse reads(String target, Optional<String> cursor) throws Exception {
        var response = asks("ana", target, cursor);
        assertThat(response.status().intValue()).isEqualTo(200);
        open.add(new Sse(response, edge.actors.system()));
        assertThat(open.getLast().next()).startsWith("retry: ");
        return open.getLast();
    }

    private String cursor(String agent, long seq) {
        return new Cursor(seq, Map.of())
                .text(text -> edge.vault.tenant("local").mac("agent-cursor", agent + " " + text));
    }

    private static String id(String block) {
        return block.substring("id: ".length(), block.indexOf('\n'));
    }

    private HttpResponse asks(String caller, String target, Optional<String> cursor) throws Exception {
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

    private Map<String, String> sealed(String text) {
        var json = "{\"text\":\"" + text + "\"}";
        return Map.of("sealed", key.seal(json.getBytes(StandardCharsets.UTF_8), PID, chat.head() + 1));
    }
}
