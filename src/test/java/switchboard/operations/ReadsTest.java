package switchboard.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import java.time.Instant;
import java.util.List;
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
import switchboard.conversation.Conversation.View;
import switchboard.edge.Edge;
import switchboard.wire.Refusal;

/** Who looked is on record before anything is shown. */
class ReadsTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    @AutoClose
    private static final Edge edge = new Edge();

    private static final String STATE = "/v1/conversations/" + C;
    private static final String EVENTS = STATE + "/events";
    private static final String READS = "/v1/audit/conversations/" + C + "/reads";

    @BeforeEach
    void ana_has_it() {
        edge.credentials.clear();
        edge.readRows.clear();
        edge.log = (_, _, _) -> Source.empty();
        edge.answering(_ ->
                StatusReply.success(new View(C, 7, "web", "assigned", 1, "ana", "", "", 1, "", 1, NOON, NOON, "", 0)));
    }

    @ParameterizedTest
    @CsvSource({
        "supervisor, application/json, '', local supervisor@local/supervisor state 0-7",
        "auditor, application/json, ?purpose=complaint_12, local auditor@local/auditor state 0-7 complaint_12",
        "supervisor, application/x-ndjson, '', local supervisor@local/supervisor history 0-7",
        "auditor, application/x-ndjson, ?after=2&until=5&purpose=gdpr, local auditor@local/auditor history 2-5 gdpr",
        "auditor, application/x-ndjson, ?after=2&limit=1, local auditor@local/auditor history 2-3",
        "auditor, application/vnd.switchboard.log, '', local auditor@local/auditor bytes 0-7"
    })
    void each_read_by_others_is_on_record(String caller, String accept, String query, String record) throws Exception {
        var path = accept.equals("application/json") ? STATE : EVENTS;

        var response = get(caller + ".local-only", path + query, accept);

        assertThat(response.status().intValue()).isEqualTo(200);
        assertThat(edge.readRows.lines()).containsExactly(record);
    }

    @ParameterizedTest
    @CsvSource({"agent-ana, ''", "agent-ana, /events", "admin, ''"})
    void her_own_reads_and_what_shows_no_contents_are_not(String caller, String rest) throws Exception {
        var response = get(caller + ".local-only", STATE + rest, "");

        assertThat(response.status().intValue()).isEqualTo(200);
        assertThat(edge.readRows.lines()).isEmpty();
    }

    @Test
    void a_customers_reads_of_his_own_are_not() throws Exception {
        var token = edge.credentials
                .tokens
                .mint("local", "gateway", C, java.time.Duration.ofHours(1))
                .token();

        assertThat(get(token, STATE, "").status().intValue()).isEqualTo(200);
        assertThat(get(token, EVENTS, "").status().intValue()).isEqualTo(200);
        assertThat(edge.readRows.lines()).isEmpty();
    }

    @Test
    void asking_whether_anything_is_new_shows_nothing_and_is_not_recorded() throws Exception {
        var request = HttpRequest.GET(STATE).addHeader(Edge.header("If-None-Match", "\"7\""));

        assertThat(edge.ask(Edge.as("supervisor.local-only", request)).status().intValue())
                .isEqualTo(304);
        assertThat(edge.readRows.lines()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "supervisor, application/json",
        "auditor, application/x-ndjson",
        "auditor, application/vnd.switchboard.log"
    })
    void what_cannot_be_recorded_is_not_shown(String caller, String accept) throws Exception {
        edge.readRows.away = true;
        edge.log = (_, _, _) -> {
            throw new AssertionError("nothing should have been read");
        };

        var path = accept.equals("application/json") ? STATE : EVENTS;
        assertThat(edge.problem(get(caller + ".local-only", path, accept))).isEqualTo("503 unavailable");
    }

    @Test
    void what_is_refused_is_not_recorded() throws Exception {
        get("agent-bo.local-only", EVENTS, "");
        get("supervisor.local-only", EVENTS, "application/vnd.switchboard.log");
        get("auditor.local-only", EVENTS + "?after=x", "");
        edge.answering(_ -> Refusal.NOT_FOUND.reply());
        get("auditor.local-only", EVENTS, "");
        get("supervisor.local-only", STATE, "");

        assertThat(edge.readRows.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Mr", "a b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "x&purpose=y"})
    void a_purpose_is_one_word(String purpose) throws Exception {
        assertThat(edge.problem(get("auditor.local-only", STATE + "?purpose=" + purpose.replace(" ", "%20"), "")))
                .isEqualTo("400 invalid_parameter");
    }

    @Test
    void an_auditor_turns_the_pages_of_who_looked() throws Exception {
        for (int i = 0; i < 5; i++) {
            get("supervisor.local-only", STATE + "?purpose=p" + i, "");
        }

        var first = get("auditor.local-only", READS + "?limit=2", "");
        var link = first.getHeader("Link").orElseThrow().value();
        var second = get("auditor.local-only", link.substring(1, link.indexOf('>')), "");

        assertThat(purposes(first)).containsExactly("p4", "p3");
        assertThat(purposes(second)).containsExactly("p2", "p1");
        assertThat(get("auditor.local-only", READS, "").getHeader("Link")).isEmpty();
    }

    @Test
    void a_record_says_who_what_when_and_what_for_and_a_damaged_one_says_so() throws Exception {
        get("supervisor.local-only", STATE + "?purpose=a", "");
        get("auditor.local-only", EVENTS, "");
        edge.readRows.damage();

        var reads = edge.json(get("auditor.local-only", READS, "")).path("reads");

        assertThat(reads.path(0).propertyStream().map(java.util.Map.Entry::getKey))
                .containsExactly("id", "at", "damaged");
        var whole = (com.fasterxml.jackson.databind.node.ObjectNode) reads.path(1);
        assertThat(whole.remove(List.of("id", "at")).toString())
                .isEqualTo("{\"reader\":\"supervisor@local\",\"role\":\"supervisor\",\"what\":\"state\",\"after\":0,"
                        + "\"until\":7,\"purpose\":\"a\"}");
    }

    @Test
    void of_a_conversation_that_is_not_there_nothing_is_listed() throws Exception {
        edge.answering(_ -> Refusal.NOT_FOUND.reply());

        assertThat(edge.problem(get("auditor.local-only", READS, ""))).isEqualTo("404 not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?before=x", "?limit=0", "?limit=1001", "?before=00000000-0000-4000-8000-000000000000"})
    void a_page_that_makes_no_sense_is_refused(String query) throws Exception {
        assertThat(edge.problem(get("auditor.local-only", READS + query, ""))).isEqualTo("400 invalid_parameter");
    }

    private static List<String> purposes(HttpResponse page) throws Exception {
        return edge.json(page)
                .path("reads")
                .valueStream()
                .map(read -> read.path("purpose").asText())
                .toList();
    }

    private static HttpResponse get(String caller, String path, String accept) throws Exception {
        var request = Edge.as(caller, HttpRequest.GET(path));
        return edge.ask(accept.isEmpty() ? request : request.addHeader(Edge.header("Accept", accept)));
    }
}
