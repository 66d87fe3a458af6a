package switchboard.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.edge.Edge;
import switchboard.edge.TestPlans;

class PlanRoutesTest {

    private static final String ROUTE = "/v1/routing/plan";
    private static final String OTHER = TestPlans.PLAN.replace("34", "50");

    @AutoClose
    private static final Edge edge = new Edge();

    @BeforeEach
    void fresh() {
        edge.plans.clear();
        edge.asked.clear();
    }

    @Test
    void the_built_in_plan_is_there_at_once_as_version_0() throws Exception {
        var response = read("supervisor", "");

        assertThat(etag(response)).isEqualTo("\"0\"");
        var body = edge.json(response);
        assertThat(body.path("version").asLong()).isZero();
        assertThat(body.at("/plan/defaultQueue").asText()).isEqualTo("general");
        assertThat(body.has("adoptedAt") || body.has("adoptedBy")).isFalse();
        assertThat(edge.text(read("supervisor", "?version=0"))).isEqualTo(edge.text(read("admin", "")));
    }

    @Test
    void what_is_put_is_in_force_with_all_its_fields_written_and_may_be_put_again() throws Exception {
        var response = put("\"0\"", TestPlans.PLAN);

        assertThat(etag(response)).isEqualTo("\"1\"");
        var body = edge.json(response);
        assertThat(body.path("adoptedAt").asText()).isEqualTo("2030-01-01T12:00:00.000Z");
        assertThat(body.path("adoptedBy").asText()).isEqualTo("admin@local");
        assertThat(body.path("plan")).hasToString("""
                {"defaultQueue":"general","channels":{},"otherChannels":{"pool":"interruptible","units":34},\
                "priorities":{},"queues":[{"name":"general","skills":[],"steps":[{"without":[],"language":true,\
                "level":5}],"offer":"PT30S","coolDown":"PT1M","wrapUp":"PT0S","lastAgent":"PT0S",\
                "choice":"longest-idle"}]}""");
        assertThat(edge.json(read("admin", ""))).isEqualTo(body);
        assertThat(etag(put("\"0\"", body.path("plan").toString()))).isEqualTo("\"1\"");
    }

    @Test
    void every_version_stays_readable_by_its_number() throws Exception {
        put("*", TestPlans.PLAN);
        put("*", OTHER);

        assertThat(units(read("supervisor", "?version=1"))).isEqualTo(34);
        assertThat(units(read("supervisor", "?version=2"))).isEqualTo(50);
        assertThat(edge.problem(read("supervisor", "?version=3"))).isEqualTo("404 not_found");
    }

    @Test
    void of_two_admins_who_saw_the_same_version_one_is_told_that_it_is_another_now() throws Exception {
        assertThat(put("\"0\"", TestPlans.PLAN).status().intValue()).isEqualTo(200);

        assertThat(edge.problem(put("\"0\"", OTHER))).isEqualTo("412 precondition_failed");
        assertThat(etag(read("admin", ""))).isEqualTo("\"1\"");
    }

    @Test
    void another_tenants_plan_is_neither_seen_nor_changed() throws Exception {
        put("*", OTHER);

        var response = edge.ask(Edge.as("elsewhere-admin.secret", body(TestPlans.PLAN)));

        assertThat(units(response)).isEqualTo(34);
        assertThat(units(read("admin", ""))).isEqualTo(50);
        assertThat(edge.asked).containsExactly("local:plan", "other:plan", "local:plan");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "overflow": "nowhere", "steps": [{"lasts": "PT1M"}]               | unknown_queue /queues/0/overflow
            "overflow": "a", "steps": [{"lasts": "PT1M"}]                     | overflow_loop /queues/0/overflow
            "overflow": "b", "steps": [{}]                                    | step_without_end /queues/0/steps/0
            "steps": [{"lasts": "PT1M"}]                                      | end_without_overflow /queues/0/steps/0
            "steps": [{"lasts": "PT1M", "language": false}, {}]               | step_tightens /queues/0/steps/1
            "skills": [{"skill": "x"}, {"skill": "x"}]                        | duplicate /queues/0/skills/1/skill
            "skills": [{"skill": "x", "level": 6}]                            | out_of_bounds /queues/0/skills/0/level
            "offer": "PT1H"                                                   | out_of_bounds /queues/0/offer
            "offer": "soon"                                                   | invalid_value /queues/0/offer
            "offer": 30                                                       | wrong_type /queues/0/offer
            "hours": "9-17"                                                   | unknown_field /queues/0/hours
            "choice": "random"                                                | invalid_value /queues/0/choice
            """)
    void what_does_not_hold_together_is_named_by_its_place(String field, String expected) throws Exception {
        var json = TestPlans.PLAN
                .replace("\"general\"}]", "\"a\", " + field + "}, {\"name\": \"b\"}]")
                .replace("general", "a");

        var problem = refused(json, "plan_invalid");

        var flaw = problem.path("errors").get(0);
        assertThat(flaw.path("code").asText() + " " + flaw.path("pointer").asText())
                .isEqualTo(expected);
    }

    @Test
    void all_that_is_wrong_is_said_in_one_answer() throws Exception {
        var problem = refused("""
                {"defaultQueue": "z", "otherChannels": {"pool": "voice", "units": 0}, "x": 1,
                 "queues": [{"name": "a", "overflow": "b", "steps": [{"lasts": "PT1S"}]},
                  {"name": "b", "overflow": "a", "steps": [{"lasts": "PT1S"}]}, {"name": "A"}]}""", "plan_invalid");

        assertThat(problem.path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "/otherChannels/units",
                        "/queues/2/name",
                        "/x",
                        "/defaultQueue",
                        "/queues/0/overflow",
                        "/queues/1/overflow");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                    | plan_invalid
            '{"defaultQueue": '                   | broken_json
            '{} {}'                               | broken_json
            '{"queues": [], "queues": []}'        | duplicate_field
            '[]'                                  | plan_invalid
            'null'                                | plan_invalid
            '{}'                                  | plan_invalid
            """)
    void what_is_no_plan_at_all_is_refused_as_any_body_is(String body, String code) throws Exception {
        refused(body, code);
    }

    @Test
    void what_is_nested_deep_is_not_walked_into() throws Exception {
        refused("{\"queues\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}", "too_deep");
    }

    @Test
    void ten_megabytes_are_refused_and_not_read() throws Exception {
        assertThat(edge.problem(put("*", " ".repeat(10_000_000)))).isEqualTo("413 body_too_large");

        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(new byte[10_000_000]);
        }
        var bomb = Edge.with(HttpRequest.PUT(ROUTE), "application/json", zipped.toByteArray())
                .addHeader(Edge.header("Content-Encoding", "gzip"));
        assertThat(edge.problem(edge.ask(admin(bomb)))).isEqualTo("413 body_too_large");
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void a_small_body_that_grows_too_large_once_written_is_refused() throws Exception {
        var queues = IntStream.range(0, 200)
                .mapToObj(i -> "{\"name\":\"q%d\",\"steps\":[%s{}]}".formatted(i, "{\"lasts\":\"PT1S\"},".repeat(5)))
                .collect(Collectors.joining(","));
        var plan = TestPlans.PLAN.replace("{\"name\": \"general\"}", queues).replace("general", "q0");

        assertThat(edge.problem(put("*", plan))).isEqualTo("413 body_too_large");
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void a_wrong_if_match_is_named_before_the_plan_is_read() throws Exception {
        for (var tag : new String[] {"1", "W/\"1\"", "\"1\", \"2\"", "\"-1\"", "\"one\""}) {
            assertThat(edge.problem(put(tag, TestPlans.PLAN))).isEqualTo("400 if_match_invalid");
        }
        assertThat(edge.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?version=-1", "?version=one", "?version=1000000001", "?version=", "?version=1&version=2", "?v=1"
            })
    void what_is_asked_for_otherwise_is_refused(String query) throws Exception {
        assertThat(edge.problem(read("admin", query))).isIn("400 invalid_parameter", "400 unknown_parameter");
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void a_plan_as_anything_but_json_is_refused() throws Exception {
        var yaml = Edge.with(HttpRequest.PUT(ROUTE), "application/yaml", TestPlans.PLAN);

        assertThat(edge.problem(edge.ask(admin(yaml)))).isEqualTo("415 unsupported_media_type");
    }

    @Test
    void what_cannot_be_read_or_written_now_is_to_be_asked_for_again() throws Exception {
        edge.plans.away = true;

        assertThat(edge.problem(read("admin", ""))).isEqualTo("503 unavailable");
        assertThat(edge.problem(read("admin", "?version=1"))).isEqualTo("503 unavailable");
        assertThat(edge.problem(put("*", TestPlans.PLAN))).isEqualTo("503 unavailable");
    }

    private JsonNode refused(String body, String code) throws Exception {
        var response = put("*", body);
        assertThat(response.status().intValue()).isEqualTo(400);
        var problem = edge.json(response);
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(edge.asked).isEmpty();
        return problem;
    }

    private static HttpResponse read(String who, String query) throws Exception {
        return edge.ask(Edge.as(who + ".local-only", HttpRequest.GET(ROUTE + query)));
    }

    private static HttpResponse put(String ifMatch, String plan) throws Exception {
        return edge.ask(admin(body(plan)).addHeader(Edge.header("If-Match", ifMatch)));
    }

    private static HttpRequest body(String plan) {
        return Edge.with(HttpRequest.PUT(ROUTE), "application/json", plan);
    }

    private static HttpRequest admin(HttpRequest request) {
        return Edge.as("admin.local-only", request);
    }

    private static String etag(HttpResponse response) {
        assertThat(response.status().intValue()).isEqualTo(200);
        return response.getHeader("ETag").orElseThrow().value();
    }

    private static int units(HttpResponse response) throws Exception {
        assertThat(response.status().intValue()).isEqualTo(200);
        return edge.json(response).at("/plan/otherChannels/units").asInt();
    }
}
