package switchboard.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;
import static switchboard.edge.Written.NOON;
import static switchboard.edge.Written.PID;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
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
import switchboard.edge.Written;

class AsOfTest {

    @AutoClose
    private static final Edge edge = new Edge();

    private final Written log = new Written();

    /** Opened at noon, assigned at 12:01, resolved at 12:02; a minute later it is looked at. */
    @BeforeEach
    void a_conversation() {
        var secret = "{\"thread\":\"t\",\"customer\":{\"name\":\"Bo\"}}".getBytes(StandardCharsets.UTF_8);
        var sealed = edge.vault.key(5).seal(secret, PID, 1);
        log.entry(
                0,
                "conversation.opened",
                Map.of("by", "customer", "channel", "web", "language", "de", "sealed", sealed));
        log.entry(1, "message.received", Map.of("time", ""));
        log.entry(60, "agent.assigned", Map.of("agent", "ana", "epoch", 2, "by", "sue"));
        log.entry(70, "message.sent", Map.of("author", "ana"));
        log.entry(120, "conversation.resolved", Map.of("by", "ana", "code", "done"));
        edge.log = log::read;
        edge.clock = () -> NOON.plusSeconds(180);
        edge.answering(_ -> StatusReply.success(
                new View(C, 5, "web", "resolved", 1, "", "", "", 2, "de", 2, NOON, NOON.plusSeconds(120), sealed, 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "1, bot, 1, 0",
        "2, bot, 2, 1",
        "3, assigned, 3, 1",
        "5, resolved, 5, 2",
        "2030-01-01T12:00:00Z, bot, 1, 0",
        "2030-01-01T12:00:59.999Z, bot, 2, 1",
        "2030-01-01T12:01:00Z, assigned, 3, 1",
        "2030-01-01T12:01:30.5Z, assigned, 4, 2",
        "2030-01-01T13:02:30%2B01:00, resolved, 5, 2",
    })
    void the_state_is_as_it_was_at_that_moment(String at, String status, long seq, int messages) throws Exception {
        var response = state("auditor", at);

        assertThat(response.getHeader("ETag").orElseThrow().value()).isEqualTo("\"" + seq + "\"");
        var state = edge.json(response);
        assertThat(state.path("status").asText()).isEqualTo(status);
        assertThat(state.path("seq").asLong()).isEqualTo(seq);
        assertThat(state.path("messages").asInt()).isEqualTo(messages);
        assertThat(state.path("customer").path("name").asText()).isEqualTo("Bo");
    }

    @Test
    void the_state_as_of_its_last_number_is_the_state() throws Exception {
        assertThat(edge.text(state("auditor", "5")))
                .isEqualTo(
                        edge.text(edge.ask(Edge.as("auditor.local-only", HttpRequest.GET("/v1/conversations/" + C)))));
    }

    @Test
    void what_was_closed_at_that_time_says_so() throws Exception {
        edge.clock = () -> NOON.plus(Duration.ofDays(30));

        assertThat(edge.json(state("auditor", "2030-01-02T12:02:00Z"))
                        .path("status")
                        .asText())
                .isEqualTo("resolved");
        assertThat(edge.json(state("auditor", "2030-01-02T12:02:01Z"))
                        .path("status")
                        .asText())
                .isEqualTo("closed");
        assertThat(edge.json(state("auditor", "5")).path("status").asText()).isEqualTo("resolved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2030-01-01T11:59:59.999Z", "1970-01-01T00:00:00Z"})
    void before_the_first_entry_there_was_none(String at) throws Exception {
        assertThat(edge.problem(state("auditor", at))).isEqualTo("404 not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "999999999999999999", "2030-01-01T12:03:00.001Z", "9999-12-31T23:59:59Z"})
    void what_has_not_come_is_not_shown(String at) throws Exception {
        assertThat(edge.problem(state("auditor", at))).isEqualTo("400 at_in_future");
    }

    @Test
    void a_clock_that_was_put_back_does_not_hide_the_last_entry() throws Exception {
        edge.clock = () -> NOON.minusSeconds(60);

        assertThat(edge.json(state("auditor", "2030-01-01T12:02:00Z"))
                        .path("seq")
                        .asLong())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "01",
                "1.5",
                "1e3",
                "noon",
                "2030-01-01",
                "2030-01-01T12:00:00",
                "2030-13-01T12:00:00Z",
                "2030-01-01T25:00:00Z",
                "1000000000000000000",
                "3&at=4"
            })
    void garbage_is_no_moment(String at) throws Exception {
        assertThat(edge.problem(state("auditor", at))).isEqualTo("400 invalid_parameter");
    }

    @Test
    void who_may_see_the_past_is_decided_as_of_now() throws Exception {
        assertThat(edge.problem(state("agent-ana", "3"))).isEqualTo("403 not_owner");
        assertThat(edge.text(state("admin", "3"))).doesNotContain("Bo");
    }

    @Test
    void what_is_erased_by_now_is_not_shown_of_the_past() throws Exception {
        edge.vault.erase("local", edge.vault.key(5).id());

        assertThat(edge.text(state("auditor", "2"))).contains("\"seq\":2").doesNotContain("customer");
    }

    @Test
    void who_has_that_number_already_is_told_so() throws Exception {
        var request =
                HttpRequest.GET("/v1/conversations/" + C + "?at=3").addHeader(Edge.header("If-None-Match", "\"3\""));

        assertThat(edge.ask(Edge.as("auditor.local-only", request)).status().intValue())
                .isEqualTo(304);
    }

    @Test
    void a_journal_that_is_away_is_503() throws Exception {
        edge.log = (_, _, _) -> Source.failed(new IllegalStateException("away"));

        assertThat(edge.problem(state("auditor", "3"))).isEqualTo("503 unavailable");
    }

    private static HttpResponse state(String caller, String at) throws Exception {
        return edge.ask(Edge.as(caller + ".local-only", HttpRequest.GET("/v1/conversations/" + C + "?at=" + at)));
    }
}
