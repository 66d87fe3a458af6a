package switchboard.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.knowledge.TestArticles.json;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.edge.Edge;
import switchboard.knowledge.TestArticles;

class ArticleRoutesTest {

    private static final String ALL = "/v1/knowledge/articles";
    private static final String MANY = "application/x-ndjson";

    @AutoClose
    private static final Edge edge = new Edge();

    @BeforeEach
    void fresh() {
        edge.knowledge.clear();
    }

    @Test
    void what_is_built_in_is_there_as_version_0() throws Exception {
        var response = get("agent-ana", ALL + "/refund");

        assertThat(etag(response)).isEqualTo("\"0\"");
        assertThat(edge.json(response).at("/article/body").asText()).isEqualTo("Five days.");
    }

    @Test
    void what_is_put_stands_and_every_version_stays_readable() throws Exception {
        assertThat(etag(put("gift", "*", json("gift", "One")))).isEqualTo("\"1\"");
        assertThat(etag(put("gift", "\"1\"", json("gift", "Two")))).isEqualTo("\"2\"");

        assertThat(body(ALL + "/gift")).isEqualTo("Two");
        assertThat(body(ALL + "/gift?version=1")).isEqualTo("One");
        assertThat(edge.problem(get("admin", ALL + "/gift?version=0"))).isEqualTo("404 not_found");
        assertThat(edge.problem(get("admin", ALL + "/gift?version=3"))).isEqualTo("404 not_found");
    }

    @Test
    void an_article_is_written_and_read_as_markdown() throws Exception {
        var text = "---\nlanguage: en\nid: gift\ntitle: Gift cards\nvalid-until: 2031-01-01\n---\nThey last.\n";
        var response = edge.ask(Edge.as(
                "admin.local-only", Edge.with(HttpRequest.PUT(ALL + "/gift"), "text/markdown; charset=UTF-8", text)));
        assertThat(etag(response)).isEqualTo("\"1\"");

        var read = edge.text(edge.ask(Edge.as(
                "supervisor.local-only",
                HttpRequest.GET(ALL + "/gift").addHeader(Edge.header("Accept", "text/markdown")))));

        assertThat(read)
                .startsWith("---\nid: gift\n")
                .contains("title: Gift cards")
                .endsWith("---\nThey last.\n");
    }

    @Test
    void all_flaws_are_named_with_their_places() throws Exception {
        var response = put("gift", "*", "{\"id\":\"other\",\"title\":\"\",\"phrasings\":[\"a\",\"a\"]}");

        assertThat(response.status().intValue()).isEqualTo(400);
        assertThat(edge.json(response)
                        .path("errors")
                        .valueStream()
                        .map(it -> it.path("pointer").asText()))
                .containsExactly("/language", "/title", "/phrasings/1");
    }

    @Test
    void an_incident_is_put_given_out_and_given_back_and_is_no_answer() throws Exception {
        var strike =
                "{\"language\":\"en\",\"title\":\"Strike\",\"body\":\"Late.\",\"intent\":\"track\",\"incident\":true}";
        var put = edge.json(put("strike", "*", strike));
        var lines = edge.text(
                edge.ask(Edge.as("admin.local-only", HttpRequest.GET(ALL).addHeader(Edge.header("Accept", MANY)))));
        var markdown = edge.text(edge.ask(Edge.as(
                "admin.local-only",
                HttpRequest.GET(ALL + "/strike").addHeader(Edge.header("Accept", "text/markdown")))));

        assertThat(put.at("/article/incident").isBoolean()).isTrue();
        assertThat(markdown).contains("\nincident: true\n");
        assertThat(lines.lines().filter(line -> line.contains("\"incident\":true")))
                .hasSize(1);
        assertThat(answers(lines))
                .hasSize(3)
                .anyMatch(it -> it.contains("\"id\":\"strike\",\"status\":200,\"version\":1"));
        assertThat(edge.text(get("agent-ana", "/v1/knowledge/search?q=strike&limit=20")))
                .doesNotContain("strike");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {\"id\":\"other\",\"language\":\"en\",\"title\":\"A\",\"body\":\"A\"} | 400 invalid_value",
                "application/json | [] | 400 wrong_type",
                "application/json | {\"language\":\"en\",\"title\":\"A\",\"body\":\"A\",\"incident\":\"yes\"} | 400 wrong_type",
                "text/plain | x | 415 unsupported_media_type",
                "text/markdown; charset=UTF-8 | no front matter | 400 broken_front_matter"
            })
    void what_is_no_article_of_that_id_is_refused(String type, String body, String problem) throws Exception {
        var request = Edge.with(HttpRequest.PUT(ALL + "/gift"), type, body);

        assertThat(edge.problem(edge.ask(Edge.as("admin.local-only", request)))).isEqualTo(problem);
    }

    @Test
    void of_two_admins_who_saw_the_same_version_one_is_told_that_it_is_another_now() throws Exception {
        put("refund", "\"0\"", json("refund", "Six days."));

        assertThat(edge.problem(put("refund", "\"0\"", json("refund", "Seven days."))))
                .isEqualTo("412 precondition_failed");
        assertThat(edge.problem(remove("refund", "\"0\""))).isEqualTo("412 precondition_failed");
    }

    @Test
    void what_is_removed_is_gone_again_and_again_and_stays_readable_by_its_version() throws Exception {
        put("gift", "*", json("gift", "One"));

        assertThat(edge.json(remove("gift", "\"1\"")).path("version").asLong()).isEqualTo(2);
        assertThat(edge.json(remove("gift", "\"1\"")).path("version").asLong()).isEqualTo(2);
        assertThat(edge.problem(get("admin", ALL + "/gift"))).isEqualTo("404 not_found");
        assertThat(body(ALL + "/gift?version=1")).isEqualTo("One");
        assertThat(edge.problem(remove("never", "*"))).isEqualTo("404 not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Refund", "a_b", "%20", "-a"})
    void an_id_that_can_be_none_is_as_unknown_as_any(String id) throws Exception {
        assertThat(edge.problem(get("admin", ALL + "/" + id))).isEqualTo("404 not_found");
        assertThat(edge.problem(put(id, "*", "{}"))).isEqualTo("404 not_found");
    }

    @Test
    void a_list_is_read_page_by_page() throws Exception {
        var first = get("auditor", ALL + "?limit=1");
        var next = first.getHeader("Link").orElseThrow().value().replaceAll("<(.*)>.*", "$1");

        assertThat(edge.json(first).at("/articles/0/article/id").asText()).isEqualTo("refund");
        assertThat(edge.json(get("auditor", next)).at("/articles/0/article/id").asText())
                .isEqualTo("track");
        assertThat(get("auditor", ALL).getHeader("Link")).isEmpty();
    }

    @Test
    void what_is_given_out_as_lines_may_be_given_back_and_changes_nothing() throws Exception {
        var lines = edge.text(
                edge.ask(Edge.as("admin.local-only", HttpRequest.GET(ALL).addHeader(Edge.header("Accept", MANY)))));
        assertThat(lines.lines()).hasSize(2);

        assertThat(answers(lines))
                .containsExactly(
                        "{\"index\":0,\"id\":\"refund\",\"status\":200,\"version\":0}",
                        "{\"index\":1,\"id\":\"track\",\"status\":200,\"version\":0}");
    }

    @Test
    void each_line_is_put_or_refused_by_itself() throws Exception {
        var answers = answers(json("a", "A") + "\n\nnot json\n{\"id\":\"B\"}\n" + json("a", "AA") + "\n");

        assertThat(answers).hasSize(4);
        assertThat(answers.get(0)).isEqualTo("{\"index\":0,\"id\":\"a\",\"status\":200,\"version\":1}");
        assertThat(answers.get(1)).contains("\"index\":2", "\"code\":\"broken_json\"");
        assertThat(answers.get(2)).contains("\"index\":3", "/id", "/language", "/title");
        assertThat(answers.get(3)).isEqualTo("{\"index\":4,\"id\":\"a\",\"status\":200,\"version\":2}");
    }

    @Test
    void ten_thousand_articles_are_put_in_one_request_a_bounded_lot_at_a_time() throws Exception {
        var body = IntStream.range(0, 10_000)
                .mapToObj(i -> json("a" + i, "Body " + "x".repeat(200)))
                .collect(Collectors.joining("\n"));

        var answers = answers(body);

        assertThat(answers).hasSize(10_000).allMatch(it -> it.contains("\"status\":200"));
        assertThat(edge.knowledge.lots).hasSizeGreaterThan(20).allMatch(lot -> lot < 400);
        assertThat(edge.knowledge.all("local")).hasSize(10_002);
    }

    @Test
    void lines_that_could_not_be_written_say_so() throws Exception {
        edge.knowledge.away = true;

        assertThat(answers(json("a", "A"))).singleElement().asString().contains("\"status\":503", "\"unavailable\"");
        assertThat(edge.problem(get("admin", ALL + "/refund"))).isEqualTo("503 unavailable");
        assertThat(edge.problem(get("admin", ALL + "/refund?version=1"))).isEqualTo("503 unavailable");
        assertThat(edge.problem(put("a", "*", json("a", "A")))).isEqualTo("503 unavailable");
    }

    @Test
    void many_articles_come_as_lines_only() throws Exception {
        var request = Edge.with(HttpRequest.POST(ALL), "application/json", json("a", "A"));

        assertThat(edge.problem(edge.ask(Edge.as("admin.local-only", request))))
                .isEqualTo("415 unsupported_media_type");
    }

    @Test
    void an_agent_finds_what_answers_a_text() throws Exception {
        var hits = edge.json(get("agent-ana", "/v1/knowledge/search?q=where%20is%20my%20refund&language=en&limit=1"));

        assertThat(hits.at("/hits/0/article").asText()).isEqualTo("refund");
        assertThat(hits.at("/hits/0/sources/0").asText()).isEqualTo("refund@0");
        assertThat(hits.at("/hits/0/score").asDouble()).isBetween(0.0, 1.0);
        assertThat(hits.path("hits")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?q=", "?q=a&limit=0", "?q=a&limit=21", "?q=a&language=DE", "?q=a%00"})
    void a_search_for_nothing_or_in_no_language_is_refused(String query) throws Exception {
        assertThat(edge.problem(get("agent-ana", "/v1/knowledge/search" + query)))
                .startsWith("400 ");
    }

    @Test
    void another_tenants_articles_are_not_there() throws Exception {
        put("gift", "*", json("gift", "One"));

        assertThat(edge.knowledge.all("other").keySet()).containsExactlyElementsOf(TestArticles.ids());
    }

    private java.util.List<String> answers(String lines) throws Exception {
        var request = Edge.with(HttpRequest.POST(ALL), MANY, lines);
        return edge.text(edge.ask(Edge.as("admin.local-only", request))).lines().toList();
    }

    private String body(String path) throws Exception {
        return edge.json(get("supervisor", path)).at("/article/body").asText();
    }

    private static HttpResponse get(String who, String path) throws Exception {
        return edge.ask(Edge.as(who + ".local-only", HttpRequest.GET(path)));
    }

    private static HttpResponse put(String id, String expected, String json) throws Exception {
        return edge.ask(Edge.as(
                "admin.local-only",
                Edge.with(HttpRequest.PUT(ALL + "/" + id), "application/json", json)
                        .addHeader(Edge.header("If-Match", expected))));
    }

    private static HttpResponse remove(String id, String expected) throws Exception {
        return edge.ask(Edge.as(
                "admin.local-only", HttpRequest.DELETE(ALL + "/" + id).addHeader(Edge.header("If-Match", expected))));
    }

    private static String etag(HttpResponse response) {
        assertThat(response.status().intValue()).isEqualTo(200);
        return response.getHeader("ETag").orElseThrow().value();
    }
}
