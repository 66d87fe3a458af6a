package switchboard.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.audit.Verdict;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.View;
import switchboard.edge.Edge;
import switchboard.log.Hash;
import switchboard.log.Head;
import switchboard.wire.Refusal;

class ConversationRoutesTest {

    @AutoClose
    private static final Edge edge = new Edge();

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    @BeforeEach
    void a_conversation_of_ana() {
        edge.answering(_ -> StatusReply.success(view("assigned", "ana")));
    }

    @Test
    void the_state_is_as_the_contract_says() throws Exception {
        var response = state("auditor");

        assertThat(response.getHeader("ETag").orElseThrow().value()).isEqualTo("\"7\"");
        assertThat(response.getHeader("Cache-Control").orElseThrow().value()).isEqualTo("private, no-cache");
        assertThat(edge.text(response)).isEqualTo("""
                {"id":"%s","channel":"web","status":"assigned","episode":2,"seq":7,\
                "handler":{"kind":"agent","agent":"ana","epoch":1},"customer":{"name":"Bo"},"language":"de",\
                "messages":3,"openedAt":"2030-01-01T12:00:00.000Z","updatedAt":"2030-01-01T12:00:01.500Z"}""".formatted(C));
    }

    @Test
    void what_nobody_has_is_with_the_bot() throws Exception {
        edge.answering(_ -> StatusReply.success(view("bot", "")));

        assertThat(edge.text(state("supervisor"))).contains("\"handler\":{\"kind\":\"bot\",\"epoch\":1}");
    }

    @Test
    void what_waits_is_with_its_queue_and_shows_to_whom_it_is_offered() throws Exception {
        edge.answering(_ -> StatusReply.success(waiting("ana")));

        assertThat(edge.text(state("supervisor")))
                .contains("\"handler\":{\"kind\":\"queue\",\"queue\":\"billing\",\"offered\":\"ana\",\"epoch\":2}");
        assertThat(edge.text(state("agent-ana"))).contains("\"offered\":\"ana\"");
        assertThat(edge.problem(state("agent-bo"))).isEqualTo("403 not_owner");
    }

    @Test
    void an_admin_sees_no_content() throws Exception {
        assertThat(edge.text(state("admin")))
                .contains("\"seq\":7")
                .doesNotContain("customer")
                .doesNotContain("Bo");
    }

    @Test
    void an_erased_customer_is_not_shown() throws Exception {
        var view = view("assigned", "ana");
        edge.vault.erase("local", edge.vault.key(5).id());
        edge.answering(_ -> StatusReply.success(view));

        assertThat(edge.text(state("auditor"))).contains("\"seq\":7").doesNotContain("customer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"7\"|304", "W/\"7\"|304", "\"6\", \"7\"|304", "*|304", "\"6\"|200", "7|200"})
    void who_has_it_already_is_told_so(String known, int status) throws Exception {
        var response = edge.ask(Edge.as("auditor.local-only", get()).addHeader(Edge.header("If-None-Match", known)));

        assertThat(response.status().intValue()).isEqualTo(status);
        assertThat(response.getHeader("ETag").orElseThrow().value()).isEqualTo("\"7\"");
    }

    @Test
    void an_agent_sees_only_what_he_has() throws Exception {
        assertThat(state("agent-ana").status().intValue()).isEqualTo(200);
        assertThat(edge.problem(state("agent-bo"))).isEqualTo("403 not_owner");
    }

    @ParameterizedTest
    @CsvSource({"NOT_FOUND, 404 not_found", "UNAVAILABLE, 503 unavailable"})
    void what_cannot_be_looked_at_says_why(Refusal why, String answer) throws Exception {
        edge.answering(_ -> why.reply());

        assertThat(edge.problem(state("auditor"))).isEqualTo(answer);
    }

    @Test
    void the_state_is_json_and_takes_no_other_parameter() throws Exception {
        var caller = Edge.as("auditor.local-only", get());

        assertThat(edge.problem(edge.ask(caller.addHeader(Edge.header("Accept", "text/html")))))
                .isEqualTo("406 not_acceptable");
        assertThat(edge.problem(edge.ask(caller.withUri("/v1/conversations/" + C + "?when=3"))))
                .isEqualTo("400 unknown_parameter");
    }

    @Test
    void a_verdict_names_the_first_bad_number() throws Exception {
        var hash = "a".repeat(64);
        edge.verdict = new Verdict.Valid(9, new Head(9, Hash.parse(hash)), 0);
        var good = edge.text(verify());
        edge.verdict =
                new Verdict.Tampered(new Verdict.Fault(4, Verdict.Reason.CHANGED), 9, new Head(9, Hash.parse(hash)));
        var bad = edge.text(verify());
        edge.verdict = new Verdict.Valid(0, Head.of("none"), 0);
        var none = edge.problem(verify());

        assertThat(good).isEqualTo("{\"entries\":9,\"head\":\"%s\",\"valid\":true}".formatted(hash));
        assertThat(bad)
                .isEqualTo("{\"entries\":9,\"head\":\"%s\",\"valid\":false,\"firstBad\":4,\"why\":\"changed\"}"
                        .formatted(hash));
        assertThat(none).isEqualTo("404 not_found");
    }

    @Test
    void a_database_that_is_away_is_503() throws Exception {
        edge.vault.away = true;
        var state = state("auditor");
        var verdict = verify();
        edge.vault.away = false;

        assertThat(edge.problem(state)).isEqualTo("503 unavailable");
        assertThat(edge.problem(verdict)).isEqualTo("503 unavailable");
        assertThat(verdict.getHeader("Retry-After")).isPresent();
    }

    @Test
    void each_kind_of_log_is_checked_under_its_own_name_and_the_callers_tenant() throws Exception {
        edge.verdict = new Verdict.Valid(9, new Head(9, Hash.parse("a".repeat(64))), 0);
        edge.verified.clear();

        for (var what : List.of("conversations/" + C, "agents/ana", "routing/plan")) {
            var path = "/v1/audit/" + what + "/verify";
            assertThat(edge.ask(Edge.as("auditor.local-only", HttpRequest.GET(path)))
                            .status()
                            .intValue())
                    .isEqualTo(200);
            assertThat(edge.problem(edge.ask(Edge.as("elsewhere-auditor.secret", HttpRequest.GET(path)))))
                    .isEqualTo("404 not_found");
        }

        var nobody = HttpRequest.GET("/v1/audit/agents/Ana%0d%0a/verify");
        assertThat(edge.problem(edge.ask(Edge.as("auditor.local-only", nobody))))
                .isEqualTo("404 not_found");
        assertThat(edge.verified)
                .containsExactly(
                        "Conversation|local:" + C,
                        "Conversation|other:" + C,
                        "Agent|local:ana",
                        "Agent|other:ana",
                        "Plan|local",
                        "Plan|other");
    }

    private static HttpResponse verify() throws Exception {
        return edge.ask(Edge.as("auditor.local-only", HttpRequest.GET("/v1/audit/conversations/" + C + "/verify")));
    }

    private static View waiting(String offered) {
        return new View(C, 7, "web", "reserved", 2, "", "billing", offered, 2, "", 3, NOON, NOON, "", 4);
    }

    private static View view(String status, String agent) {
        var opening = edge.vault
                .key(5)
                .seal(
                        "{\"thread\":\"t\",\"customer\":{\"name\":\"Bo\"}}".getBytes(StandardCharsets.UTF_8),
                        Conversation.persistenceId("local", C),
                        4);
        return new View(C, 7, "web", status, 2, agent, "", "", 1, "de", 3, NOON, NOON.plusMillis(1_500), opening, 4);
    }

    private static HttpRequest get() {
        return HttpRequest.GET("/v1/conversations/" + C);
    }

    private static HttpResponse state(String caller) throws Exception {
        return edge.ask(Edge.as(caller + ".local-only", get()));
    }
}
