package switchboard.contract;

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
