package switchboard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import switchboard.audit.Verdict;
import switchboard.edge.Edge;
import switchboard.edge.Scene;
import switchboard.plan.PlanFault;
import switchboard.request.Fault;
import switchboard.security.Action;
import switchboard.wire.Refusal;

/** What is documented is served, and what is served is documented. */
class ContractTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    @AutoClose
    private static final Edge edge = new Edge();

    @Test
    void every_action_is_an_operation_and_every_operation_an_action() throws Exception {
        var documented = new TreeSet<String>();
        contract()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(name -> {
                    if (METHODS.contains(name)) {
                        documented.add(name.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
                    }
                }));

        assertThat(Arrays.stream(Action.values()).map(a -> a.method() + " " + a.template()))
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    @ParameterizedTest
    @EnumSource
    void every_action_has_a_route(Action action) throws Exception {
        var response = edge.ask(Scene.request(action));

        assertThat(response.status().intValue()).isEqualTo(action.asks() == Action.Asks.ANYBODY ? 200 : 401);
    }

    @ParameterizedTest
    @EnumSource
    void an_operation_asks_for_a_key_exactly_when_its_action_does(Action action) throws Exception {
        var operation = contract()
                .path("paths")
                .path(action.template())
                .path(action.method().toLowerCase(java.util.Locale.ROOT));

        assertThat(operation.has("security")).isEqualTo(action.asks() == Action.Asks.ANYBODY);
        assertThat(operation.path("responses").has("401")).isEqualTo(action.asks() == Action.Asks.BY_ROLE);
    }

    @Test
    void every_code_is_documented_and_no_other() throws Exception {
        var documented = contract()
                .at("/components/schemas/Problem/properties/code/enum")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
        var codes = Stream.concat(
                Arrays.stream(Fault.values()).map(Fault::code),
                Arrays.stream(Refusal.values()).map(Refusal::code));

        assertThat(codes.distinct()).containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void every_fault_of_a_plan_is_documented_and_no_other() throws Exception {
        var documented = contract()
                .at("/components/schemas/PlanFault/enum")
                .valueStream()
                .map(JsonNode::asText)
                .toList();

        assertThat(Arrays.stream(PlanFault.Code.values()).map(PlanFault.Code::code))
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void every_reason_of_a_verdict_is_documented_and_no_other() throws Exception {
        var documented = contract()
                .at("/components/schemas/Verdict/properties/why/enum")
                .valueStream()
                .map(JsonNode::asText)
                .toList();

        assertThat(Arrays.stream(Verdict.Reason.values()).map(Verdict.Reason::code))
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void every_reference_leads_somewhere() throws Exception {
        var contract = contract();

        assertThat(contract.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(ref -> assertThat(contract.at(ref.substring(1)).isObject())
                        .as(ref)
                        .isTrue());
    }

    private static JsonNode contract() throws Exception {
        var response = edge.ask(HttpRequest.GET("/openapi.yaml"));
        assertThat(response.entity().getContentType().toString()).isEqualTo("application/yaml");
        return new YAMLMapper().readTree(edge.text(response));
    }
}
