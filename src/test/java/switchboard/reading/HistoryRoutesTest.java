package switchboard.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.View;
import switchboard.edge.Edge;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.wire.Refusal;

class HistoryRoutesTest {

    private static final String PID = Conversation.persistenceId("local", C);
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    @AutoClose
    private static final Edge edge = new Edge();

    private final DataKey key = edge.vault.key(1);
    private final List<Entry> entries = new ArrayList<>();
    private Head head = Head.of(PID);

    @BeforeEach
    void a_conversation_of_ana() {
        edge.asked.clear();
        edge.vault.loads.clear();
        var sealed = sealed(1, "{\"customer\":{\"name\":\"Bo\"}}");
        write("conversation.opened", Map.of("by", "customer", "channel", "web", "rule", 1, "sealed", sealed));
        write("message.received", Map.of("sealed", sealed(2, "{\"text\":\"Where is it?\"}")));
        write("agent.assigned", Map.of("agent", "ana", "epoch", 2, "by", "sue"));
        edge.log = (id, after, until) -> Source.from(entries)
                .filter(e -> id.equals(PID))
                .filter(e -> e.seq() == 0 || (e.seq() > after && e.seq() <= until));
        edge.answering(_ -> StatusReply.success(view(head.seq())));
    }

    @Test
    void a_history_is_opened_for_who_may_see_it() throws Exception {
        var lines = lines(history("auditor", ""));

        assertThat(lines.get(1))
                .isEqualTo("""
                {"seq":2,"type":"message.received","at":"2030-01-01T12:00:00.000Z","episode":1,\
                "prev":"%s","hash":"%s","data":{"text":"Where is it?"}}""".formatted(entries.get(0).hash(), entries.get(1).hash()));
        assertThat(lines)
                .hasSize(3)
                .first()
                .asString()
                .contains("\"channel\":\"web\"")
                .endsWith(",\"customer\":{\"name\":\"Bo\"}}}");
    }

    @Test
    void a_key_is_asked_for_once_a_request() throws Exception {
        lines(history("auditor", ""));

        assertThat(edge.vault.loads).containsOnly(Map.entry(key.id(), 1));
    }

    @Test
    void what_was_erased_says_so_and_shows_nothing() throws Exception {
        edge.vault.erase("local", key.id());

        assertThat(lines(history("auditor", "")))
                .hasSize(3)
                .element(1)
                .asString()
                .endsWith("\"data\":{\"erased\":true}}");
    }

    @Test
    void what_was_changed_on_disk_says_so() throws Exception {
        write("message.received", Map.of("sealed", sealed(9, "{\"text\":\"from elsewhere\"}")));
        entries.add(Entry.of("rubbish".getBytes(StandardCharsets.UTF_8)));

        var lines = lines(history("auditor", ""));

        assertThat(lines.get(3)).endsWith("\"data\":{\"damaged\":true}}");
        assertThat(lines.get(4))
                .startsWith("{\"seq\":5,\"type\":\"entry.unreadable\"")
                .endsWith("{\"damaged\":true}}");
    }

    @Test
    void what_was_appended_again_is_opened_with_the_number_that_it_first_had() throws Exception {
        var original = Map.of("once", "x", "sealed", sealed(3, "{\"text\":\"late\"}"));
        var hash = entries.getFirst().hash().toString();
        var at = "2030-01-01T12:00:00Z";
        write(
                "entry.recovered",
                Map.of("of", 3, "hash", hash, "type", "message.received", "at", at, "original", original));

        assertThat(lines(history("auditor", "?after=3")).getFirst())
                .contains("\"text\":\"late\"")
                .doesNotContain("sealed");
    }

    @Test
    void the_log_is_the_exact_stored_bytes_one_entry_a_line() throws Exception {
        var response = history("auditor", "", "application/vnd.switchboard.log");

        var stored = entries.stream()
                .map(e -> new String(e.bytes(), StandardCharsets.UTF_8) + "\n")
                .toList();
        assertThat(edge.text(response)).isEqualTo(String.join("", stored));
        assertThat(edge.vault.loads).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'',1 2 3",
        "?after=1,2 3",
        "?until=2,1 2",
        "?after=1&until=2,2",
        "?limit=2,1 2",
        "?after=1&limit=1,2",
        "?after=3,''",
        "?until=99,1 2 3"
    })
    void a_range_is_after_until_and_limit(String query, String numbers) throws Exception {
        var lines = lines(history("supervisor", query));

        assertThat(lines.stream()
                        .map(line -> line.replaceAll("^.\"seq\":([0-9]+).*", "$1"))
                        .toList())
                .isEqualTo(numbers.isEmpty() ? List.of() : List.of(numbers.split(" ")));
    }

    @Test
    void what_is_just_being_written_is_not_shown() throws Exception {
        edge.answering(_ -> StatusReply.success(view(2)));

        assertThat(lines(history("supervisor", ""))).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "?after=-1, invalid_parameter", "?after=x, invalid_parameter", "?until=0, invalid_parameter",
        "?limit=0, invalid_parameter", "?limit=1001, invalid_parameter", "?limit=1&limit=2, invalid_parameter",
        "?at=x, invalid_parameter", "?at=2&at=3, invalid_parameter", "?until=3&at=2, invalid_parameter",
        "?before=3, unknown_parameter"
    })
    void a_query_that_is_not_served_is_refused(String query, String code) throws Exception {
        assertThat(edge.problem(history("supervisor", query))).isEqualTo("400 " + code);
        assertThat(edge.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/x-ndjson|application/x-ndjson",
                "*/*|application/x-ndjson",
                "application/*;q=0.1|application/x-ndjson",
                "application/vnd.switchboard.log;q=0.9, */*;q=0.1|application/vnd.switchboard.log",
                "application/x-ndjson;q=0, application/*|application/vnd.switchboard.log",
            })
    void the_caller_chooses_the_form(String accept, String type) throws Exception {
        assertThat(history("auditor", "", accept).entity().getContentType().toString())
                .isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*;q=0", "rubbish"})
    void other_forms_are_not_acceptable(String accept) throws Exception {
        assertThat(edge.problem(history("auditor", "", accept))).isEqualTo("406 not_acceptable");
    }

    @Test
    void stored_bytes_are_for_auditors() throws Exception {
        assertThat(edge.problem(history("supervisor", "", "application/vnd.switchboard.log")))
                .isEqualTo("403 role_not_allowed");
    }

    @Test
    void an_agent_reads_only_what_he_has() throws Exception {
        assertThat(lines(history("agent-ana", ""))).hasSize(3);
        assertThat(edge.problem(history("agent-bo", ""))).isEqualTo("403 not_owner");
    }

    @Test
    void a_conversation_that_is_not_there_has_no_history_and_its_log_is_not_looked_for() throws Exception {
        edge.answering(_ -> Refusal.NOT_FOUND.reply());
        edge.log = (_, _, _) -> {
            throw new AssertionError("nobody should have read");
        };

        assertThat(edge.problem(history("auditor", ""))).isEqualTo("404 not_found");
    }

    @Test
    void a_journal_that_is_away_is_503() throws Exception {
        edge.log = (_, _, _) -> Source.failed(new IllegalStateException("away"));

        assertThat(edge.problem(history("auditor", ""))).isEqualTo("503 unavailable");
    }

    @Test
    void a_long_history_is_streamed() throws Exception {
        var many = 30_000;
        edge.answering(_ -> StatusReply.success(view(many)));
        edge.log =
                (_, after, until) -> Source.range((int) after + 1, (int) until).map(_ -> entries.get(2));

        var response = history("auditor", "");
        var lines = response.entity()
                .getDataBytes()
                .runFold(0L, (sum, bytes) -> sum + bytes.utf8String().lines().count(), edge.actors.system());

        assertThat(lines.toCompletableFuture().get()).isEqualTo(many);
        assertThat(response.entity().getContentLengthOption()).isEmpty();
    }

    private void write(String type, Map<String, Object> data) {
        var entry = new Pen(Edge.TENANT, 1).write(head, type, NOON, 1, data);
        entries.add(entry);
        head = Head.after(entry);
    }

    private String sealed(long seq, String json) {
        return key.seal(json.getBytes(StandardCharsets.UTF_8), PID, seq);
    }

    private static View view(long seq) {
        return new View(C, seq, "web", "assigned", 1, "ana", "", "", 1, "", 1, NOON, NOON, "", 0);
    }

    private HttpResponse history(String caller, String query) throws Exception {
        return history(caller, query, "");
    }

    private HttpResponse history(String caller, String query, String accept) throws Exception {
        var request = HttpRequest.GET("/v1/conversations/" + C + "/events" + query);
        return edge.ask(Edge.as(
                caller + ".local-only", accept.isEmpty() ? request : request.addHeader(Edge.header("Accept", accept))));
    }

    private List<String> lines(HttpResponse response) throws Exception {
        assertThat(response.status().intValue()).isEqualTo(200);
        return edge.text(response).lines().toList();
    }
}
