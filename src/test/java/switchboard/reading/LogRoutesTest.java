package switchboard.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.edge.Edge;
import switchboard.edge.Scene;

class LogRoutesTest {

    private static final String KNOWLEDGE = "/v1/audit/knowledge/log";

    @AutoClose
    private static final Edge edge = new Edge();

    private final List<String> read = new CopyOnWriteArrayList<>();

    @BeforeEach
    void fresh() {
        edge.log = (pid, after, until) -> {
            read.add(pid + " " + after + " " + until);
            return Source.single(Scene.assigned());
        };
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/audit/routing/plan/log, Plan|local",
        "/v1/audit/knowledge/log, Knowledge|local",
        "/v1/audit/bot/models/log, Model|local"
    })
    void the_exact_bytes_of_that_log_are_there_a_line_each(String route, String log) throws Exception {
        var response = get("auditor.local-only", route + "?after=3&limit=2");

        assertThat(response.entity().getContentType().toString()).isEqualTo("application/vnd.switchboard.log");
        assertThat(edge.text(response)).isEqualTo(new String(Scene.assigned().bytes(), StandardCharsets.UTF_8) + "\n");
        assertThat(read).containsExactly(log + " 3 5");
    }

    @Test
    void another_tenants_auditor_reads_his_own() throws Exception {
        get("elsewhere-auditor.secret", KNOWLEDGE + "?until=9");

        assertThat(read).containsExactly("Knowledge|other 0 9");
    }

    @Test
    void a_log_that_there_is_not_yet_is_empty() throws Exception {
        edge.log = (_, _, _) -> Source.empty();

        assertThat(edge.text(get("auditor.local-only", KNOWLEDGE))).isEmpty();
    }

    @Test
    void a_journal_that_is_away_is_said_and_not_an_answer_that_breaks_off() throws Exception {
        edge.log = (_, _, _) -> Source.failed(new IllegalStateException("away"));

        assertThat(edge.problem(get("auditor.local-only", KNOWLEDGE))).isEqualTo("503 unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=1001", "?limit=0", "?after=-1", "?until=x"})
    void numbers_are_bounded(String query) throws Exception {
        assertThat(edge.problem(get("auditor.local-only", KNOWLEDGE + query))).isEqualTo("400 invalid_parameter");
        assertThat(read).isEmpty();
    }

    private static HttpResponse get(String who, String path) throws Exception {
        return edge.ask(Edge.as(who, HttpRequest.GET(path)));
    }
}
