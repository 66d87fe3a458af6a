package switchboard.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.View;
import switchboard.edge.Edge;
import switchboard.edge.Sse;
import switchboard.history.Script;
import switchboard.journal.Journal.Row;
import switchboard.log.DataKey;

/** An agent who is offered a conversation reads it before she takes it: on record, and for as long as it is offered to her. */
class OfferedTest {

    private static final String PID = Conversation.persistenceId("local", C);
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final String AT = "/v1/conversations/" + C;

    private final Edge edge = new Edge();
    private final DataKey key = edge.vault.key(1);
    private final Script script = new Script(edge.actors, PID);
    private final List<Sse> open = new ArrayList<>();
    private volatile String owner = "";
    private volatile String offered = "ana";

    @BeforeEach
    void offered_to_ana() {
        script.write("conversation.opened", Map.of("by", "customer", "channel", "web", "rule", 1, "erased", true));
        script.write("message.received", script.sealed(key, "Where is it?"));
        script.write("agent.released", Map.of("agent", "cleo", "epoch", 1, "reason", "transferred"));
        edge.rows = (id, after, until) -> script.read(after, until).filter(_ -> id.equals(PID));
        edge.log = (id, after, until) ->
                script.read(after, until).filter(_ -> id.equals(PID)).map(Row::entry);
        edge.answering(this::answer);
    }

    @AfterEach
    void stop() {
        open.forEach(Sse::close);
        edge.close();
    }

    @Test
    void she_reads_where_it_stands_and_what_was_said() throws Exception {
        assertThat(edge.json(asks("agent-ana", "", "")).at("/handler/offered").asText())
                .isEqualTo("ana");
        assertThat(edge.text(asks("agent-ana", "/events", "application/x-ndjson")))
                .contains("Where is it?");
    }

    @ParameterizedTest
    @CsvSource({
        "'', application/json, state 0-3",
        "'?at=2', application/json, state 0-2",
        "/events, application/x-ndjson, history 0-3"
    })
    void what_she_reads_before_it_is_hers_is_on_record(String path, String accept, String record) throws Exception {
        var response = asks("agent-ana", path, accept);

        assertThat(response.status().intValue()).isEqualTo(200);
        assertThat(edge.readRows.lines()).containsExactly("local ana/agent " + record);
    }

    @Test
    void so_is_her_stream() throws Exception {
        reads().ids(3);

        assertThat(edge.readRows.lines()).containsExactly("local ana/agent stream 0-0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?at=2", "/events", "/events?at=2"})
    void once_it_is_hers_it_is_not_also_where_she_reads_how_it_was_before(String path) throws Exception {
        owner = "ana";
        offered = "";

        assertThat(asks("agent-ana", path, "").status().intValue()).isEqualTo(200);
        assertThat(edge.readRows.lines()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', application/json", "/events, application/x-ndjson", "/events, text/event-stream"})
    void what_cannot_be_recorded_is_not_shown(String path, String accept) throws Exception {
        edge.readRows.away = true;

        assertThat(edge.problem(asks("agent-ana", path, accept))).isEqualTo("503 unavailable");
    }

    @ParameterizedTest
    @CsvSource({"'', application/json", "/events, application/x-ndjson", "/events, text/event-stream"})
    void to_whom_it_is_not_offered_or_no_more_it_is_closed(String path, String accept) throws Exception {
        assertThat(edge.problem(asks("agent-bo", path, accept))).isEqualTo("403 not_owner");
        offered = "";

        assertThat(edge.problem(asks("agent-ana", path, accept))).isEqualTo("403 not_owner");
        assertThat(edge.readRows.lines()).isEmpty();
    }

    @Test
    void her_stream_goes_on_once_she_has_taken_it() throws Exception {
        var reader = reads();
        reader.ids(3);

        owner = "ana";
        offered = "";
        script.write("reservation.accepted", Map.of("reservation", C + ".2", "agent", "ana"));
        script.write("queue.left", Map.of("queue", "billing", "epoch", 2, "reason", "accepted"));
        script.write("agent.assigned", Map.of("agent", "ana", "epoch", 3, "by", "ana"));
        script.write("message.received", script.sealed(key, "for Ana"));

        assertThat(reader.ids(4)).containsExactly(4L, 5L, 6L, 7L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reservation.rejected", "reservation.timed_out"})
    void her_stream_ends_with_the_offer_and_shows_nothing_after(String how) throws Exception {
        var reader = reads();
        reader.ids(3);

        offered = "bo";
        script.write(how, Map.of("reservation", C + ".2", "agent", "ana", "epoch", 3));
        script.write("message.received", script.sealed(key, "for Bo"));

        assertThat(reader.next()).startsWith("id: 4\nevent: " + how + "\n");
        assertThat(reader.next()).isEqualTo("event: end\ndata: {\"code\":\"not_owner\"}");
        assertThat(reader.next()).isEqualTo("over");
    }

    private Sse reads() throws Exception {
        var response = asks("agent-ana", "/events", "text/event-stream");
        assertThat(response.status().intValue()).isEqualTo(200);
        open.add(new Sse(response, edge.actors.system()));
        return open.getLast();
    }

    private HttpResponse asks(String caller, String path, String accept) throws Exception {
        var request = Edge.as(caller + ".local-only", HttpRequest.GET(AT + path));
        return edge.ask(accept.isEmpty() ? request : request.addHeader(Edge.header("Accept", accept)));
    }

    private StatusReply<?> answer(Command command) {
        var status = owner.isEmpty() ? "reserved" : "assigned";
        var queue = owner.isEmpty() ? "billing" : "";
        return switch (command) {
            case Conversation.Follow follow -> StatusReply.success(script.following(follow.reader()));
            case Conversation.Look _ ->
                StatusReply.success(new View(
                        C, script.head(), "web", status, 1, owner, queue, offered, 2, "", 1, NOON, NOON, "", 0));
            case Command other -> throw new AssertionError("nobody asks " + other);
        };
    }
}
