package switchboard.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.TestModels.NEW;
import static switchboard.edge.TestModels.OLD;
import static switchboard.edge.TestModels.OTHERS;

import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.edge.Edge;
import switchboard.versions.Minds.Progress;

class ModelRoutesTest {

    private static final String ALL = "/v1/bot/models";
    private static final String SERVING = ALL + "/serving";
    private static final String EARLIER = OLD.substring(0, 16);
    private static final String LATER = NEW.substring(0, 16);

    @AutoClose
    private static final Edge edge = new Edge();

    @BeforeEach
    void fresh() {
        edge.models.clear();
        edge.asked.clear();
    }

    @Test
    void all_models_are_there_the_newest_first_with_what_they_were_taught_and_which_serves() throws Exception {
        var response = get("supervisor");

        assertThat(etag(response)).isEqualTo("\"0\"");
        var body = edge.json(response);
        assertThat(body.path("choice").asInt(-1)).isZero();
        assertThat(body.path("serving").asText()).isEqualTo(LATER);
        assertThat(body.has("pinned") || body.has("chosenAt") || body.has("chosenBy") || body.has("learning"))
                .isFalse();
        assertThat(body.path("models")).hasToString("""
                [{"version":"%s","hash":"%s","learnedAt":"2030-01-01T12:01:00.000Z","lesson":{"knowledge":"7",\
                "examples":540,"intents":54,"languages":["de","en"],"understood":0.9417,"notes":{"contradictory":1,\
                "withoutWords":0,"oneExample":2}}},\
                {"version":"%s","hash":"%s","learnedAt":"2030-01-01T12:00:00.000Z"}]""".formatted(LATER, NEW, EARLIER, OLD));
    }

    @Test
    void how_far_the_bot_is_with_learning_is_said_while_it_learns() throws Exception {
        edge.models.learning = Optional.of(new Progress("encoding", 20, 300));
        assertThat(edge.json(get("admin")).path("learning"))
                .hasToString("{\"stage\":\"encoding\",\"done\":20,\"all\":300}");

        edge.models.learning = Optional.of(new Progress("", 0, 0));
        assertThat(edge.json(get("auditor")).at("/learning/stage").asText()).isEqualTo("waiting");
    }

    @Test
    void one_that_is_pinned_serves_until_the_latest_is_asked_for() throws Exception {
        var pinned = put("\"0\"", EARLIER);
        assertThat(etag(pinned)).isEqualTo("\"1\"");
        var body = edge.json(pinned);
        assertThat(body.path("pinned").asText()).isEqualTo(EARLIER);
        assertThat(body.path("serving").asText()).isEqualTo(EARLIER);
        assertThat(body.path("chosenBy").asText()).isEqualTo("admin@local");
        assertThat(body.path("chosenAt").asText()).isEqualTo("2030-01-01T12:00:00.000Z");

        var latest = put("\"1\"", "latest");
        assertThat(etag(latest)).isEqualTo("\"2\"");
        assertThat(edge.json(latest).path("serving").asText()).isEqualTo(LATER);
    }

    @Test
    void what_is_chosen_already_is_as_it_is_whatever_is_expected() throws Exception {
        put("*", EARLIER);

        assertThat(etag(put("\"0\"", EARLIER))).isEqualTo("\"1\"");
    }

    @Test
    void of_two_admins_who_saw_the_same_choice_one_is_told_that_it_is_another_now() throws Exception {
        put("\"0\"", EARLIER);

        assertThat(edge.problem(put("\"0\"", LATER))).isEqualTo("412 precondition_failed");
        assertThat(edge.problem(put("\"x\"", LATER))).isEqualTo("400 if_match_invalid");
    }

    @Test
    void one_that_is_not_there_and_another_tenants_cannot_serve() throws Exception {
        assertThat(edge.problem(put("*", "d".repeat(16)))).isEqualTo("409 no_such_model");
        assertThat(edge.problem(put("*", OTHERS.substring(0, 16)))).isEqualTo("409 no_such_model");
        assertThat(etag(get("admin"))).isEqualTo("\"0\"");
    }

    @Test
    void another_tenants_models_are_not_seen() throws Exception {
        var body = edge.json(edge.ask(Edge.as("elsewhere-admin.secret", HttpRequest.GET(ALL))));

        assertThat(body.path("models").findValuesAsText("hash")).containsExactly(OTHERS);
        assertThat(edge.asked).containsExactly("other:model");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                | 400 missing_field
            {"version": 7}                                    | 400 wrong_type
            {"version": ""}                                   | 400 invalid_value
            {"version": "newest"}                             | 400 invalid_value
            {"version": "../../../../etc/"}                   | 400 invalid_value
            {"version": "AAAAAAAAAAAAAAAA"}                   | 400 invalid_value
            {"version": "latest", "pin": true}                | 400 unknown_field
            {"version": "latest", "version": "latest"}        | 400 duplicate_field
            {"version":                                       | 400 broken_json
            """)
    void what_is_no_choice_is_refused_with_its_reason(String body, String problem) throws Exception {
        assertThat(edge.problem(edge.ask(admin(body(body))))).isEqualTo(problem);
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void only_an_admin_chooses() throws Exception {
        var request = body("{\"version\":\"latest\"}");

        assertThat(edge.problem(edge.ask(Edge.as("supervisor.local-only", request))))
                .isEqualTo("403 role_not_allowed");
        assertThat(edge.problem(get("gateway"))).isEqualTo("403 role_not_allowed");
    }

    @Test
    void where_no_bot_answers_there_are_no_models() throws Exception {
        edge.models.off = true;

        assertThat(edge.problem(get("admin"))).isEqualTo("409 bot_off");
        assertThat(edge.problem(put("*", "latest"))).isEqualTo("409 bot_off");
    }

    @Test
    void while_the_choice_is_not_to_be_had_nothing_is_said() throws Exception {
        edge.models.away = true;

        assertThat(edge.problem(get("admin"))).isEqualTo("503 unavailable");
        assertThat(edge.problem(put("*", "latest"))).isEqualTo("503 unavailable");
    }

    private static HttpResponse get(String who) throws Exception {
        return edge.ask(Edge.as(who + ".local-only", HttpRequest.GET(ALL)));
    }

    private static HttpResponse put(String expected, String version) throws Exception {
        var body = body("{\"version\":\"" + version + "\"}").addHeader(Edge.header("If-Match", expected));
        return edge.ask(admin(body));
    }

    private static HttpRequest body(String json) {
        return Edge.with(HttpRequest.PUT(SERVING), "application/json", json);
    }

    private static HttpRequest admin(HttpRequest request) {
        return Edge.as("admin.local-only", request);
    }

    private static String etag(HttpResponse response) {
        return response.getHeader("ETag").orElseThrow().value();
    }
}
