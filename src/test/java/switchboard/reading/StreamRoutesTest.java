package switchboard.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.View;
import switchboard.edge.Edge;
import switchboard.edge.Sse;
import switchboard.history.Script;
import switchboard.log.DataKey;
import switchboard.wire.Refusal;

class StreamRoutesTest {

    private static final String PID = Conversation.persistenceId("local", C);
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private final Edge edge = new Edge();
    private final DataKey key = edge.vault.key(1);
    private final Script script = new Script(edge.actors, PID);
    private final List<Sse> open = new ArrayList<>();
    private volatile String owner = "ana";

    @BeforeEach
    void a_conversation_of_ana() {
        script.write("conversation.opened", Map.of("by", "customer", "channel", "web", "rule", 1, "erased", true));
        script.write("message.received", script.sealed(key, "Where is it?"));
        script.write("agent.assigned", assigned("ana"));
        edge.rows = (id, after, until) -> script.read(after, until).filter(_ -> id.equals(PID));
        edge.answering(this::answer);
    }

    @AfterEach
    void stop() {
        open.forEach(Sse::close);
        edge.close();
    }

    @Test
    void what_was_and_what_comes_is_shown_as_it_is_in_the_history() throws Exception {
        var reader = reads("auditor", "");

        assertThat(reader.next()).matches("retry: [12][0-9]{3}|retry: 3000");
        reader.next();
        assertThat(reader.next())
                .isEqualTo("""
                id: 2
                event: message.received
                data: {"seq":2,"type":"message.received","at":"2030-01-01T12:00:00.000Z","episode":1,\
                "prev":"%s","hash":"%s","data":{"text":"Where is it?"}}""".formatted(script.entry(1).hash(), script.entry(2).hash()));
        reader.next();
        script.write("message.received", script.sealed(key, "Hello?"));
        assertThat(reader.next())
                .startsWith("id: 4\nevent: message.received\ndata: {")
                .endsWith("{\"text\":\"Hello?\"}}");
    }

    @Test
    void an_open_stream_is_stored_by_nobody_and_held_up_by_no_proxy() throws Exception {
        var response = asks("auditor", "");

        assertThat(response.entity().getContentType().toString()).isEqualTo("text/event-stream");
        assertThat(response.getHeader("Cache-Control").map(HttpHeader::value)).contains("no-store");
        assertThat(response.getHeader("X-Accel-Buffering").map(HttpHeader::value))
                .contains("no");
    }

    @ParameterizedTest
    @CsvSource({"?after=1,,2 3", ",1,2 3", "?after=0,2,3", "?after=1&until=2,,2", ",0,1 2 3"})
    void a_reader_resumes_after_the_number_that_he_names_and_the_header_wins(String query, String header, String ids)
            throws Exception {
        var reader = reads("supervisor", query == null ? "" : query, Optional.ofNullable(header));

        var expected = List.of(ids.split(" ")).stream().map(Long::parseLong).toList();
        assertThat(reader.ids(expected.size())).isEqualTo(expected);
    }

    @Test
    void it_ends_at_the_number_asked_for_and_nothing_is_left_after_it() throws Exception {
        var reader = reads("supervisor", "?until=4");
        reader.ids(3);
        script.write();

        assertThat(reader.ids(1)).containsExactly(4L);
        assertThat(reader.next()).isEqualTo("over");
        assertThat(asks("supervisor", "?until=4", Optional.of("4")).status().intValue())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?after=4", "?after=999999999999999999"})
    void what_the_conversation_has_not_come_to_cannot_be_resumed(String query) throws Exception {
        assertThat(edge.problem(asks("supervisor", query))).isIn("409 beyond_head", "400 invalid_parameter");
        assertThat(edge.problem(asks("supervisor", "", Optional.of("4")))).isEqualTo("409 beyond_head");
        assertThat(edge.streams.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "01", "1 ", "0x1", "9999999999999999999", "", "1\u00e4"})
    void a_last_event_id_that_is_no_number_is_refused(String header) throws Exception {
        assertThat(edge.problem(asks("supervisor", "", Optional.of(header)))).isEqualTo("400 invalid_parameter");
        assertThat(edge.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "?after=-1, invalid_parameter",
        "?until=0, invalid_parameter",
        "?after=1&after=2, invalid_parameter",
        "?limit=5, unknown_parameter",
        "?at=x, invalid_parameter",
        "?at=2&at=3, invalid_parameter",
        "?until=3&at=2, invalid_parameter",
        "?before=3, unknown_parameter"
    })
    void a_query_that_is_not_served_is_refused(String query, String code) throws Exception {
        assertThat(edge.problem(asks("supervisor", query))).isEqualTo("400 " + code);
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void a_conversation_that_is_not_there_has_no_stream() throws Exception {
        edge.answering(_ -> Refusal.NOT_FOUND.reply());

        assertThat(edge.problem(asks("auditor", ""))).isEqualTo("404 not_found");
        assertThat(edge.streams.count()).isZero();
    }

    @Test
    void an_agent_sees_only_what_he_has() throws Exception {
        assertThat(edge.problem(asks("agent-bo", ""))).isEqualTo("403 not_owner");
        assertThat(edge.problem(asks("admin", ""))).isEqualTo("403 role_not_allowed");
        assertThat(edge.problem(asks("gateway", ""))).isEqualTo("403 role_not_allowed");
        assertThat(edge.streams.count()).isZero();
    }

    @Test
    void an_agent_who_had_it_sees_that_he_lost_it_and_nothing_after() throws Exception {
        var reader = reads("agent-ana", "");
        reader.ids(3);

        owner = "bo";
        script.write("agent.released", Map.of("agent", "ana", "epoch", 2, "reason", "reassigned"));
        script.write("agent.assigned", assigned("bo"));
        script.write("message.received", script.sealed(key, "for Bo"));

        assertThat(reader.next()).startsWith("id: 4\nevent: agent.released\n");
        assertThat(reader.next()).isEqualTo("event: end\ndata: {\"code\":\"not_owner\"}");
        assertThat(reader.next()).isEqualTo("over");
    }

    @Test
    void an_agent_who_still_has_it_goes_on() throws Exception {
        var reader = reads("agent-ana", "");
        reader.ids(3);

        script.write("agent.assigned", assigned("ana"));
        script.write("message.received", script.sealed(key, "for Ana"));

        assertThat(reader.ids(2)).containsExactly(4L, 5L);
    }

    @Test
    void an_agent_whose_conversation_does_not_answer_is_shown_nothing_more() throws Exception {
        var reader = reads("agent-ana", "");
        reader.ids(3);

        edge.answering(_ -> Refusal.UNAVAILABLE.reply());
        script.write("agent.released", Map.of("agent", "ana", "epoch", 2, "reason", "reassigned"));
        script.write("message.received", script.sealed(key, "for whom?"));

        assertThat(reader.next()).isEqualTo("over");
    }

    @Test
    void a_supervisor_sees_it_go_from_one_to_another() throws Exception {
        var reader = reads("supervisor", "");
        owner = "bo";
        script.write("agent.released", Map.of("agent", "ana", "epoch", 2, "reason", "reassigned"));
        script.write("agent.assigned", assigned("bo"));

        assertThat(reader.ids(5)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void a_supervisor_s_stream_is_on_record_before_it_begins_and_its_owner_s_is_not() throws Exception {
        reads("supervisor", "?after=1&purpose=training").ids(2);
        reads("agent-ana", "").ids(3);

        assertThat(edge.readRows.lines()).containsExactly("local supervisor@local/supervisor stream 1-0 training");
    }

    @Test
    void what_cannot_be_put_on_record_is_not_shown() throws Exception {
        edge.readRows.away = true;

        assertThat(edge.problem(asks("auditor", ""))).isEqualTo("503 unavailable");
        assertThat(edge.streams.count()).isZero();
    }

    @Test
    void what_was_erased_is_not_shown_to_one_who_resumes() throws Exception {
        edge.vault.erase("local", key.id());
        script.write("content.erased", Map.of("by", "x", "keys", List.of(key.id())));

        var reader = reads("supervisor", "?after=1");

        reader.next();
        assertThat(reader.next()).startsWith("id: 2\n").endsWith("\"data\":{\"erased\":true}}");
        assertThat(reader.ids(2)).containsExactly(3L, 4L);
    }

    @Test
    void what_is_erased_while_a_stream_is_open_is_not_shown_later() throws Exception {
        var reader = reads("supervisor", "");
        reader.ids(3);

        edge.vault.erase("local", key.id());
        script.write("content.erased", Map.of("by", "x", "keys", List.of(key.id())));
        script.write("message.received", script.sealed(key, "with the erased key"));

        reader.ids(1);
        assertThat(reader.next()).startsWith("id: 5\n").endsWith("\"data\":{\"erased\":true}}");
    }

    @Test
    void a_stream_whose_keys_are_not_to_be_had_breaks_off_and_is_resumed() throws Exception {
        edge.vault.away = true;
        var reader = reads("supervisor", "?after=1");
        reader.next();
        assertThat(reader.next()).isEqualTo("over");

        edge.vault.away = false;
        assertThat(reads("supervisor", "?after=1").ids(2)).containsExactly(2L, 3L);
    }

    @Test
    void one_caller_has_only_so_many_streams_and_one_that_ends_makes_room() throws Exception {
        for (int i = 0; i < 4; i++) {
            reads("supervisor", "").ids(3);
        }

        assertThat(edge.problem(asks("supervisor", ""))).isEqualTo("429 too_many_streams");
        reads("auditor", "").ids(3);
        open.getFirst().close();
        SwitchboardProcess.await("room", () -> edge.streams.count() == 4);
        assertThat(reads("supervisor", "").ids(3)).hasSize(3);
    }

    @Test
    void all_callers_have_only_so_many_streams() throws Exception {
        for (int i = 0; i < 3; i++) {
            reads("supervisor", "").ids(3);
            reads("auditor", "").ids(3);
        }

        var refused = asks("agent-ana", "");

        assertThat(refused.getHeader("Retry-After")).isPresent();
        assertThat(edge.problem(refused)).isEqualTo("503 streams_full");
        assertThat(edge.streams.refused()).isEqualTo(1);
    }

    @Test
    void a_stream_that_nobody_reads_takes_no_place_for_good() throws Exception {
        var head = asks("supervisor", "");
        assertThat(edge.streams.count()).isEqualTo(1);

        head.entity().getDataBytes().runWith(org.apache.pekko.stream.javadsl.Sink.cancelled(), edge.actors.system());

        SwitchboardProcess.await("room", () -> edge.streams.count() == 0);
    }

    @Test
    void a_node_that_stops_ends_every_stream_with_a_time_to_come_again() throws Exception {
        var readers = List.of(reads("supervisor", ""), reads("auditor", ""));
        for (var reader : readers) {
            reader.ids(3);
        }

        edge.streams.close();

        for (var reader : readers) {
            assertThat(reader.next()).matches("retry: [0-9]{4}");
            assertThat(reader.next()).isEqualTo("over");
        }
        assertThat(edge.problem(asks("supervisor", ""))).isEqualTo("503 not_ready");
    }

    private Sse reads(String caller, String query) throws Exception {
        return reads(caller, query, Optional.empty());
    }

    private Sse reads(String caller, String query, Optional<String> lastEventId) throws Exception {
        var response = asks(caller, query, lastEventId);
        assertThat(response.status().intValue()).isEqualTo(200);
        open.add(new Sse(response, edge.actors.system()));
        return open.getLast();
    }

    private HttpResponse asks(String caller, String query) throws Exception {
        return asks(caller, query, Optional.empty());
    }

    private HttpResponse asks(String caller, String query, Optional<String> lastEventId) throws Exception {
        var request = HttpRequest.GET("/v1/conversations/" + C + "/events" + query)
                .addHeader(Edge.header("Accept", "text/event-stream"));
        return edge.ask(Edge.as(
                caller + ".local-only",
                lastEventId
                        .map(id -> request.addHeader(Edge.header("Last-Event-ID", id)))
                        .orElse(request)));
    }

    private StatusReply<?> answer(Command command) {
        return switch (command) {
            case Conversation.Follow follow -> StatusReply.success(script.following(follow.reader()));
            case Conversation.Look _ ->
                StatusReply.success(
                        new View(C, script.head(), "web", "assigned", 1, owner, "", "", 1, "", 1, NOON, NOON, "", 0));
            case Command other -> throw new AssertionError("nobody asks " + other);
        };
    }

    private static Map<String, Object> assigned(String agent) {
        return Map.of("agent", agent, "epoch", 2, "by", "sue");
    }
}
