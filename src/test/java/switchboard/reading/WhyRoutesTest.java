package switchboard.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.View;
import switchboard.edge.Edge;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.wire.Refusal;

class WhyRoutesTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final String WHY = "/v1/conversations/" + C + "/why";

    @AutoClose
    private static final Edge edge = new Edge();

    private final Pen pen = new Pen(Edge.TENANT, 1);
    private final List<Entry> log = new ArrayList<>();

    @BeforeEach
    void escalated_offered_and_accepted() throws Exception {
        edge.asked.clear();
        edge.readRows.clear();
        edge.log = (id, after, until) -> Source.from(log)
                .filter(_ -> id.equals(Conversation.persistenceId("local", C)))
                .filter(e -> e.seq() > after && e.seq() <= until);
        edge.answering(_ -> StatusReply.success(seen("ana", "")));
        write("conversation.opened", "{'by':'customer','channel':'web','rule':1,'sealed':'secret'}");
        write("message.received", "{'sealed':'secret'}");
        write("conversation.escalated", "{'by':'sue','reason':'asked','once':'AAAA'}");
        write("queue.entered", """
                {'queue':'billing','entered':'2030-01-01T12:00:00Z','boost':'PT5M','plan':7,'epoch':2,
                 'reason':'escalated'}""");
        write("reservation.created", """
                {'reservation':'%s.2','agent':'ana','deadline':'2030-01-01T12:00:20Z','queue':'billing','pool':'chat',
                 'units':34,'decision':{'plan':7,'candidates':2,'winner':{'agent':'ana'}}}""");
        write("reservation.accepted", "{'reservation':'%s.2','agent':'ana','once':'AAAA'}");
        write("queue.left", "{'queue':'billing','epoch':2,'reason':'accepted'}");
        write("agent.assigned", "{'agent':'ana','epoch':3,'by':'ana'}");
    }

    @Test
    void an_offer_is_explained_by_the_routers_own_record() throws Exception {
        var why = edge.json(asks("supervisor", "?seq=5"));

        assertThat(why.path("type").asText()).isEqualTo("reservation.created");
        assertThat(why.path("at").asText()).isEqualTo("2030-01-01T12:00:00.000Z");
        assertThat(why.at("/data/decision/winner/agent").asText()).isEqualTo("ana");
        assertThat(why.at("/data/decision/candidates").asInt()).isEqualTo(2);
    }

    @Test
    void a_place_in_a_queue_is_explained_by_its_key_and_the_version_of_the_plan() throws Exception {
        var why = edge.json(asks("auditor", "?seq=4"));

        assertThat(why.path("data")).isEqualTo(log.get(3).data(JsonNode.class));
    }

    @ParameterizedTest
    @CsvSource({
        "3, conversation.escalated, asked",
        "4, queue.entered, escalated",
        "5, reservation.created, ana",
        "6, reservation.accepted, ana",
        "7, queue.left, accepted",
        "8, agent.assigned, ana"
    })
    void each_decision_is_told_with_its_reason(long seq, String type, String reason) throws Exception {
        var why = edge.json(asks("admin", "?seq=" + seq));

        assertThat(why.path("seq").asLong()).isEqualTo(seq);
        assertThat(why.path("type").asText()).isEqualTo(type);
        assertThat(why.path("data").toString()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "reservation.rejected|{'reservation':'%s.2','agent':'ana','epoch':3}",
                "reservation.timed_out|{'reservation':'%s.2','agent':'ana','epoch':3}",
                "reservation.rescinded|{'reservation':'%s.2','agent':'ana','epoch':3,'reason':'agent_lost'}",
                "agent.released|{'agent':'ana','epoch':3,'reason':'transferred'}",
                "transfer.requested|{'by':'ana','mode':'cold','queue':'general'}"
            })
    void so_are_those_that_take_it_away(String type, String data) throws Exception {
        write(type, data);

        var why = edge.json(asks("supervisor", "?seq=9"));

        assertThat(why.path("data")).isEqualTo(log.getLast().data(JsonNode.class));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 9, 1_000_000})
    void a_number_that_decided_nothing_says_so(long seq) throws Exception {
        assertThat(edge.problem(asks("supervisor", "?seq=" + seq))).isEqualTo("404 no_decision");
    }

    @Test
    void who_has_it_by_an_offer_has_it_because_of_the_offer() throws Exception {
        assertThat(present()).isEqualTo(5);
    }

    @Test
    void who_was_given_it_has_it_because_of_that() throws Exception {
        write("agent.released", "{'agent':'ana','epoch':3,'reason':'reassigned'}");
        write("agent.assigned", "{'agent':'bo','epoch':4,'by':'sue'}");

        assertThat(present()).isEqualTo(10);
    }

    @Test
    void what_waits_again_waits_because_of_its_place() throws Exception {
        write("agent.released", "{'agent':'ana','epoch':3,'reason':'transferred'}");
        write("queue.entered", "{'queue':'general','entered':'2030-01-01T12:00:00Z','epoch':4,'reason':'transferred'}");
        assertThat(present()).isEqualTo(10);

        write("reservation.created", "{'reservation':'%s.4','agent':'bo'}");
        assertThat(present()).isEqualTo(11);

        write("reservation.timed_out", "{'reservation':'%s.4','agent':'bo','epoch':5}");
        assertThat(present()).isEqualTo(10);
    }

    @Test
    void whoever_is_written_to_while_wrapping_up_has_it_because_of_that() throws Exception {
        write("wrapup.started", "{'by':'ana'}");
        write("agent.assigned", "{'agent':'ana','epoch':4,'by':'customer'}");

        assertThat(present()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"conversation.resolved", "conversation.abandoned", "conversation.reopened"})
    void what_nobody_has_nothing_explains(String type) throws Exception {
        write(type, "{'by':'ana'}");

        assertThat(edge.problem(asks("supervisor", ""))).isEqualTo("404 no_decision");
    }

    @Test
    void nothing_that_is_the_customers_and_no_identity_is_in_it() throws Exception {
        for (int seq = 1; seq <= log.size(); seq++) {
            assertThat(edge.text(asks("admin", "?seq=" + seq))).doesNotContain("secret", "sealed", "once", "AAAA");
        }
    }

    @Test
    void who_may_not_see_contents_may_know_why_and_it_is_not_recorded() throws Exception {
        for (var who : List.of("supervisor", "auditor", "admin", "agent-ana")) {
            var response = asks(who, "?seq=5");
            assertThat(response.status().intValue()).isEqualTo(200);
            assertThat(response.getHeader("Cache-Control").map(HttpHeader::value))
                    .contains("private, no-cache");
        }
        assertThat(edge.readRows.lines()).isEmpty();
    }

    @Test
    void an_agent_is_told_why_she_has_or_is_offered_it_and_nobody_else_is() throws Exception {
        assertThat(edge.problem(asks("agent-bo", "?seq=5"))).isEqualTo("403 not_owner");

        edge.answering(_ -> StatusReply.success(seen("", "bo")));

        assertThat(asks("agent-bo", "?seq=5").status().intValue()).isEqualTo(200);
        assertThat(edge.problem(asks("agent-ana", "?seq=5"))).isEqualTo("403 not_owner");
    }

    @Test
    void another_tenants_conversation_is_not_there() throws Exception {
        edge.answering((entity, _) -> entity.startsWith("other:") ? Refusal.NOT_FOUND.reply() : StatusReply.error("?"));

        var response = edge.ask(Edge.as("elsewhere.secret", HttpRequest.GET(WHY)));

        assertThat(edge.problem(response)).isEqualTo("404 not_found");
    }

    @Test
    void a_journal_that_is_away_is_503() throws Exception {
        edge.log = (_, _, _) -> Source.failed(new IllegalStateException("away"));

        assertThat(edge.problem(asks("supervisor", ""))).isEqualTo("503 unavailable");
        assertThat(edge.problem(asks("supervisor", "?seq=5"))).isEqualTo("503 unavailable");
    }

    @ParameterizedTest
    @CsvSource({
        "?seq=0, invalid_parameter",
        "?seq=x, invalid_parameter",
        "?seq=1&seq=2, invalid_parameter",
        "?at=1, unknown_parameter"
    })
    void a_query_that_is_not_served_is_refused(String query, String code) throws Exception {
        assertThat(edge.problem(asks("supervisor", query))).isEqualTo("400 " + code);
        assertThat(edge.asked).isEmpty();
    }

    private long present() throws Exception {
        return edge.json(asks("supervisor", "")).path("seq").asLong();
    }

    private View seen(String agent, String offered) {
        return new View(C, log.size(), "web", "assigned", 1, agent, "", offered, 3, "", 1, NOON, NOON, "", 0);
    }

    /** In single quotes; {@code %s} is the conversation's id. */
    private void write(String type, String json) throws Exception {
        var data = new JsonMapper().readTree(json.replace('\'', '"').replace("%s", C));
        log.add(pen.write(log.isEmpty() ? Head.of("") : Head.after(log.getLast()), type, NOON, 1, data));
    }

    private static HttpResponse asks(String caller, String query) throws Exception {
        return edge.ask(Edge.as(caller + ".local-only", HttpRequest.GET(WHY + query)));
    }
}
