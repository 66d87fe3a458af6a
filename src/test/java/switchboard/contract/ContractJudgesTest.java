package switchboard.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge can say no: each of these differs in one thing from what is documented. */
class ContractJudgesTest {

    private static final String C = "c" + "a".repeat(26);
    private static final String STATE = "/v1/conversations/" + C;
    private static final String ENTRY = "{'seq':7,'type':'%s','at':'2030-01-01T12:00:00.000Z','episode':1,'prev':'"
            + "a".repeat(64) + "','hash':'" + "b".repeat(64) + "','data':%s}";
    private static final Contract CONTRACT = Contract.ours();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/v1/events|201|application/json|{'conversation':'C','seq':7,'id':'m1'}",
                "GET|/alive|200|application/json|{'status':'alive'}",
                "GET|/v1/nothing|404|application/problem+json|no_such_route",
                "GET|STATE|404|application/problem+json|not_found",
                "GET|STATE|304||",
                "HEAD|/openapi.yaml|200|application/yaml|openapi: 3.1.0",
            })
    void what_is_documented_passes(
            String method, String path, int status, @Nullable String type, @Nullable String body) {
        assertThatCode(() -> judge(method, path, status, type, body)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/v1/events|201|application/json|{'conversation':'C','seq':'7','id':'m1'}",
                "POST|/v1/events|201|application/json|{'conversation':'C','seq':0,'id':'m1'}",
                "POST|/v1/events|201|application/json|{'conversation':'C','seq':7}",
                "POST|/v1/events|201|application/json|{'conversation':'x','seq':7,'id':'m1'}",
                "POST|/v1/events|201|application/json|not json",
                "POST|/v1/events|202|application/json|{'conversation':'C','seq':7,'id':'m1'}",
                "POST|/v1/events|201|text/plain|fine",
                "GET|/alive|200|application/json|{'status':'asleep'}",
                "GET|/alive|200||",
                "GET|/v1/nothing|200|application/json|{}",
                "GET|STATE|404|application/problem+json|no_such_code",
                "GET|STATE|404|application/problem+json|key_reused",
                "GET|STATE|418|application/problem+json|not_found",
                "GET|STATE|404|application/json|not_found",
            })
    void what_is_not_documented_is_named(
            String method, String path, int status, @Nullable String type, @Nullable String body) {
        assertThatThrownBy(() -> judge(method, path, status, type, body)).isInstanceOf(AssertionError.class);
    }

    @Test
    void a_request_that_was_taken_must_be_allowed() {
        var order = "{\"agent\":\"anna\"}";

        CONTRACT.request("POST", STATE + "/assign", "application/json", order);
        assertThatThrownBy(() -> CONTRACT.request(
                        "POST", STATE + "/assign", "application/json", order.replace("agent", "person")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void each_line_is_judged_by_itself() {
        var good = "{\"index\":0,\"id\":\"a\",\"status\":201,\"conversation\":\"%s\",\"seq\":1}\n".formatted(C);

        CONTRACT.answer("POST", "/v1/events", 200, "application/x-ndjson", good + good);
        assertThatThrownBy(() -> CONTRACT.answer(
                        "POST", "/v1/events", 200, "application/x-ndjson", good + good.replace("index", "number")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void an_event_of_a_stream_is_called_and_numbered_as_what_it_tells_and_told_as_that_type() {
        var entry = ENTRY.formatted("message.received", "{'text':'Hello?'}");

        stream("retry: 2000\n\n: a comment\n\nid: 7\nevent: message.received\ndata: " + entry);
        stream("event: end\ndata: {'code':'not_owner'}");
        stream("id: 7\nevent: message.received\ndata: " + entry.replace(",'at'", ",\ndata: 'at'"));
        for (var wrong : new String[] {
            "id: 8\nevent: message.received\ndata: " + entry,
            "event: message.received\ndata: " + entry,
            "id: 7\nevent: message.sent\ndata: " + entry,
            "id: 7\ndata: " + entry,
            "id: 7\nevent: message.received\ndata: " + entry.replace("text", "texts"),
            "id: 7\nevent: message.vanished\ndata: " + entry.replace("message.received", "message.vanished"),
            "id: 7\nevent: message.received",
            "id: 7\nevent: end\ndata: {'code':'not_owner'}",
            "event: ended\ndata: {'code':'not_owner'}",
            "event: taken\ndata: {'code':'not_owner'}",
            "event: end\ndata: {}",
            "retry: soon",
            "something else",
            "data: no json"
        }) {
            assertThatThrownBy(() -> stream(wrong)).as(wrong).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void a_part_of_a_stream_is_judged_as_soon_as_it_is_whole_and_one_that_was_cut_off_never() {
        var reading = new Reading("GET", STATE + "/events", 200, "text/event-stream; charset=UTF-8");

        reading.take("event: end\ndata: {\"co".getBytes(UTF_8));
        reading.take("de\":\"not_owner\"}\n\nevent: ended\nda".getBytes(UTF_8));
        assertThatCode(reading::end).doesNotThrowAnyException();
        assertThatThrownBy(() -> reading.take("ta: {}\n\n".getBytes(UTF_8))).isInstanceOf(AssertionError.class);
    }

    private static void stream(String events) {
        CONTRACT.answer("GET", STATE + "/events", 200, "text/event-stream", events.replace('\'', '"') + "\n\n");
    }

    private static void judge(String method, String path, int status, @Nullable String type, @Nullable String body) {
        var text = body == null ? "" : body.replace("'C'", "'" + C + "'");
        var whole = text.matches("[a-z_]+") ? problem(text) : text;
        CONTRACT.answer(
                method, path.replace("STATE", STATE), status, type == null ? "" : type, whole.replace('\'', '"'));
    }

    private static String problem(String code) {
        return "{'type':'urn:switchboard:problem:%s','title':'t','status':404,'detail':'d','code':'%s','errors':[]}"
                .formatted(code, code);
    }
}
