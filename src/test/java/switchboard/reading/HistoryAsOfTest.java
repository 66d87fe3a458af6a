package switchboard.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;
import static switchboard.edge.Written.NOON;
import static switchboard.edge.Written.PID;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
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
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Following;
import switchboard.conversation.Conversation.View;
import switchboard.edge.Edge;
import switchboard.edge.Written;
import switchboard.journal.Journal.Row;

/** A history as of a moment, in each of its three forms. */
class HistoryAsOfTest {

    private static final String OPENED = "application/x-ndjson";
    private static final String STORED = "application/vnd.switchboard.log";
    private static final String STREAM = "text/event-stream";
    private static final Pattern SEQ = Pattern.compile("\\{\"seq\":([0-9]+),");

    @AutoClose
    private static final Edge edge = new Edge();

    private final TestProbe<Command> actor = TestProbe.create(edge.actors.system());
    private final Written log = new Written();

    /** Opened at noon, assigned at 12:01, resolved at 12:02; a minute later it is looked at. */
    @BeforeEach
    void a_conversation() {
        var text = "{\"text\":\"Hello?\"}".getBytes(UTF_8);
        log.entry(0, "conversation.opened", Map.of("by", "customer", "channel", "web", "rule", 1, "erased", true));
        log.entry(0, "message.received", Map.of("sealed", edge.vault.key(6).seal(text, PID, 2)));
        log.entry(60, "agent.assigned", Map.of("agent", "ana", "epoch", 2, "by", "sue"));
        log.entry(70, "note.added", Map.of("author", "ana"));
        log.entry(120, "conversation.resolved", Map.of("by", "ana", "code", "done"));
        edge.readRows.clear();
        edge.log = log::read;
        edge.rows = (id, after, until) -> edge.log.read(id, after, until).map(e -> new Row(e.seq(), e));
        edge.clock = () -> NOON.plusSeconds(180);
        edge.answering(command -> StatusReply.success(
                command instanceof Conversation.Follow ? new Following(view(""), actor.ref()) : view("")));
    }

    @ParameterizedTest
    @CsvSource({
        "at=1, 1",
        "at=3, 1 2 3",
        "at=5, 1 2 3 4 5",
        "at=2030-01-01T12:00:00Z, 1 2",
        "at=2030-01-01T12:00:59.999Z, 1 2",
        "at=2030-01-01T12:01:00Z, 1 2 3",
        "at=2030-01-01T13:01:30%2B01:00, 1 2 3 4",
        "at=2030-01-01T12:03:00Z, 1 2 3 4 5",
        "after=1&at=3, 2 3",
        "at=2030-01-01T12:01:00Z&after=2, 3",
    })
    void it_ends_with_the_last_entry_that_is_not_later(String query, String numbers) throws Exception {
        for (var form : List.of(OPENED, STORED, STREAM)) {
            assertThat(numbers(history("auditor", query, form))).as(form).isEqualTo(numbers);
        }
    }

    @ParameterizedTest
    @CsvSource({"at=4&limit=2, 1 2", "at=2&limit=4, 1 2", "after=1&at=2030-01-01T12:02:00Z&limit=3, 2 3 4"})
    void a_page_of_it_is_a_page(String query, String numbers) throws Exception {
        for (var form : List.of(OPENED, STORED)) {
            assertThat(numbers(history("auditor", query, form))).as(form).isEqualTo(numbers);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"at=3&after=3", "at=3&after=4", "at=2030-01-01T12:01:00Z&after=3"})
    void after_it_nothing_is_left(String query) throws Exception {
        assertThat(edge.text(history("auditor", query, OPENED))).isEmpty();
        assertThat(edge.text(history("auditor", query, STORED))).isEmpty();
        assertThat(history("auditor", query, STREAM).status().intValue()).isEqualTo(204);
    }

    @Test
    void a_stream_of_it_shows_nothing_that_comes_and_rests_once_it_is_read() throws Exception {
        var request = HttpRequest.GET(path("at=2030-01-01T12:01:00Z"))
                .addHeader(Edge.header("Accept", STREAM))
                .addHeader(Edge.header("Last-Event-ID", "3"));
        edge.clock = () -> NOON.plus(Duration.ofDays(1));

        assertThat(edge.ask(Edge.as("auditor.local-only", request)).status().intValue())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at=0", "at=2030-01-01T11:59:59.999Z", "at=1970-01-01T00:00:00Z", "at=0&after=3"})
    void before_the_first_entry_there_was_none(String query) throws Exception {
        refused(query, "404 not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"at=6", "at=999999999999999999", "at=2030-01-01T12:03:00.001Z", "at=9999-12-31T23:59:59Z&after=9"
            })
    void what_has_not_come_is_not_shown(String query) throws Exception {
        refused(query, "400 at_in_future");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"at=", "at=-1", "at=01", "at=noon", "at=2030-01-01", "at=3&at=4", "at=3&until=3", "until=9&at=x"
            })
    void garbage_is_no_moment_and_there_is_one_end_only(String query) throws Exception {
        refused(query, "400 invalid_parameter");
    }

    @Test
    void a_clock_that_was_put_back_does_not_hide_the_last_entry() throws Exception {
        edge.clock = () -> NOON.minusSeconds(60);

        assertThat(numbers(history("auditor", "at=2030-01-01T12:02:00Z", OPENED)))
                .isEqualTo("1 2 3 4 5");
    }

    @Test
    void an_entry_that_somebody_damaged_hides_none_after_it() throws Exception {
        log.damage(3);

        assertThat(numbers(history("auditor", "at=2030-01-01T12:01:10Z", OPENED)))
                .isEqualTo("1 2 3 4");
    }

    @Test
    void what_is_on_record_ends_where_it_ended() throws Exception {
        history("supervisor", "at=3", OPENED);
        history("auditor", "after=1&at=2030-01-01T12:01:10Z", STORED);
        edge.text(history("supervisor", "at=2030-01-01T12:00:30Z", STREAM));

        assertThat(edge.readRows.lines())
                .containsExactly(
                        "local supervisor@local/supervisor history 0-3",
                        "local auditor@local/auditor bytes 1-4",
                        "local supervisor@local/supervisor stream 0-2");
    }

    @Test
    void who_had_it_then_may_not_see_it_now() throws Exception {
        refusedTo("agent-ana", "at=3", OPENED, "403 not_owner");
        refusedTo("agent-ana", "at=2030-01-01T12:01:10Z", STREAM, "403 not_owner");
        refusedTo("supervisor", "at=3", STORED, "403 role_not_allowed");
        refusedTo("admin", "at=3", OPENED, "403 role_not_allowed");
    }

    @Test
    void who_has_it_now_sees_how_it_was() throws Exception {
        edge.answering(command -> StatusReply.success(
                command instanceof Conversation.Follow ? new Following(view("ana"), actor.ref()) : view("ana")));

        assertThat(numbers(history("agent-ana", "at=2", OPENED))).isEqualTo("1 2");
        assertThat(numbers(history("agent-ana", "at=2", STREAM))).isEqualTo("1 2");
    }

    @Test
    void what_is_erased_by_now_is_not_shown_of_the_past() throws Exception {
        edge.vault.erase("local", edge.vault.key(6).id());

        for (var form : List.of(OPENED, STREAM)) {
            assertThat(edge.text(history("auditor", "at=2", form)))
                    .contains("\"seq\":2", "\"erased\":true")
                    .doesNotContain("Hello?");
        }
    }

    @Test
    void a_journal_that_is_away_is_503() throws Exception {
        edge.log = (_, _, _) -> Source.failed(new IllegalStateException("away"));

        refused("at=2030-01-01T12:01:00Z", "503 unavailable");
    }

    private static View view(String agent) {
        var status = agent.isEmpty() ? "resolved" : "assigned";
        return new View(C, 5, "web", status, 1, agent, "", "", 2, "", 1, NOON, NOON.plusSeconds(120), "", 0);
    }

    private static String path(String query) {
        return "/v1/conversations/" + C + "/events?" + query;
    }

    private static HttpResponse history(String caller, String query, String form) throws Exception {
        var request = HttpRequest.GET(path(query)).addHeader(Edge.header("Accept", form));
        return edge.ask(Edge.as(caller + ".local-only", request));
    }

    private static void refused(String query, String problem) throws Exception {
        for (var form : List.of(OPENED, STORED, STREAM)) {
            refusedTo("auditor", query, form, problem);
        }
        assertThat(edge.streams.count()).isZero();
    }

    private static void refusedTo(String caller, String query, String form, String problem) throws Exception {
        assertThat(edge.problem(history(caller, query, form))).as(form).isEqualTo(problem);
    }

    /** The numbers of all that is shown until it ends. */
    private static String numbers(HttpResponse response) throws Exception {
        assertThat(response.status().intValue()).isEqualTo(200);
        return String.join(
                " ",
                SEQ.matcher(edge.text(response))
                        .results()
                        .map(found -> found.group(1))
                        .toList());
    }
}
