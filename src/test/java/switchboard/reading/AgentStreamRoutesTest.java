package switchboard.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.SwitchboardProcess;
import switchboard.request.Fault;
import switchboard.wire.Refusal;

/** What an agent's stream shows, to whom, and until when. */
class AgentStreamRoutesTest extends AgentStreamFixture {

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
        SwitchboardProcess.await("none", connections::isEmpty);
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
        chat.write("message.received", chat.sealed(key, "for Bo"));
        own.write("presence.changed", Map.of("by", "ana", "presence", "busy"));

        var seen = List.of(reader.next(), reader.next());
        assertThat(seen).anyMatch(it -> it.contains("event: agent.released\n"));
        assertThat(seen).anyMatch(it -> it.contains("event: presence.changed\n"));
        own.write("presence.changed", Map.of("by", "ana", "presence", "available"));
        assertThat(reader.next()).contains("event: presence.changed\n");
    }
}
