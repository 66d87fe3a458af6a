package switchboard.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;
import switchboard.invariants.Json;
import switchboard.plan.PlanReader;
import switchboard.program.Program;
import switchboard.witness.Caller;
import switchboard.witness.Message;

/** What people do with a conversation that waits, over HTTP, up to its wrap-up, with the program killed in between. */
class WrapUpIT {

    private static final String SUPERVISOR = "supervisor.local-only";
    private static final String ANNA = "agent-anna.local-only";
    private static final Map<String, String> USUAL = Map.of("SWITCHBOARD_LOG_WAKES_EVERY", "1s");

    @TempDir
    private static Path folder;

    private static Program program;
    private static final Caller caller = new Caller(() -> program.address());

    @BeforeAll
    static void a_plan_with_short_and_long_wrap_ups() throws Exception {
        program = Program.start(folder.resolve("data"), USUAL);
        try (var plan = requireNonNull(PlanReader.class.getResourceAsStream("/routing-plan.json"))) {
            var text = new String(plan.readAllBytes(), UTF_8).replaceFirst("PT2M\",\\s+\"choice", "PT1H\",\"choice");
            var adopted = caller.put("admin.local-only", "/v1/routing/plan", text.replace("\"PT2M\"", "\"PT3S\""));
            assertThat(adopted.statusCode()).as(adopted.body()).isEqualTo(200);
        }
        SwitchboardProcess.await("the plan", () -> program.output().contains("version 1 is in force"));
        caller.employ("anna");
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void it_goes_from_queue_to_queue_to_an_agent_who_wraps_it_up_and_each_step_says_why() throws Exception {
        var id = opened("49170001");
        assertThat(order(SUPERVISOR, id, "escalate", "{\"queue\":\"general\",\"reason\":\"customer_asked\"}"))
                .isEqualTo(200);
        assertThat(why(id).at("/data/reason").asText()).isEqualTo("escalated");
        assertThat(why(id).at("/data/plan").asInt()).isEqualTo(1);

        assertThat(order(SUPERVISOR, id, "transfer", "{\"to\":{\"queue\":\"billing\"},\"mode\":\"cold\"}"))
                .isEqualTo(200);
        assertThat(why(id).at("/data/queue").asText()).isEqualTo("billing");
        assertThat(order(SUPERVISOR, id, "assign", "{\"agent\":\"anna\"}")).isEqualTo(200);
        assertThat(why(id).path("type").asText()).isEqualTo("agent.assigned");

        assertThat(order(ANNA, id, "resolve", "{\"code\":\"refunded\"}")).isEqualTo(200);
        assertThat(state(id).path("status").asText()).isEqualTo("wrap_up");
        assertThat(order(ANNA, id, "wrap-up", "{\"code\":\"credited\"}")).isEqualTo(200);
        assertThat(state(id).path("status").asText()).isEqualTo("resolved");
        assertThat(order(ANNA, id, "wrap-up", "{\"code\":\"late\"}")).isEqualTo(409);
        assertThat(get(SUPERVISOR, "/v1/conversations/" + id + "/why").body()).contains("no_decision");
        assertThat(get("auditor.local-only", "/v1/audit/conversations/" + id + "/verify")
                        .body())
                .contains("\"valid\":true");
    }

    @Test
    void killed_in_wrap_up_a_short_one_ends_with_nobody_asking_and_a_long_one_is_still_its_owners_to_end()
            throws Exception {
        var lengthy = wrappedUp("49170003", "billing");
        var brief = wrappedUp("49170002", "general");
        program.kill();

        program = Program.start(folder.resolve("data"), USUAL);

        SwitchboardProcess.await(
                "the end of a wrap-up", () -> listed("resolved").contains(brief));
        var history = get(SUPERVISOR, "/v1/conversations/" + brief + "/events")
                .body()
                .lines()
                .map(Json::read)
                .toList();
        assertThat(history.reversed().stream().limit(3).map(e -> e.path("type").asText()))
                .containsExactly("conversation.resolved", "wrapup.completed", "wrapup.started");
        assertThat(history.getLast().at("/data/by").asText()).isEqualTo("system");
        assertThat(history.getLast().at("/data/code").asText()).isEqualTo("refunded");

        assertThat(state(lengthy).path("status").asText()).isEqualTo("wrap_up");
        assertThat(order(ANNA, lengthy, "wrap-up", "{\"code\":\"credited\"}")).isEqualTo(200);
        assertThat(state(lengthy).path("status").asText()).isEqualTo("resolved");
    }

    /** By Anna, in the time that the queue gives. */
    private static String wrappedUp(String thread, String queue) throws Exception {
        var id = opened(thread);
        assertThat(order(SUPERVISOR, id, "escalate", "{\"queue\":\"" + queue + "\",\"reason\":\"customer_asked\"}"))
                .isEqualTo(200);
        assertThat(order(SUPERVISOR, id, "assign", "{\"agent\":\"anna\"}")).isEqualTo(200);
        assertThat(order(ANNA, id, "resolve", "{\"code\":\"refunded\"}")).isEqualTo(200);
        return id;
    }

    private static String opened(String thread) throws Exception {
        var answer = caller.post(new Message(thread, "/whatsapp/49170", "m-" + thread, "My invoice is wrong"));
        assertThat(answer.statusCode()).isEqualTo(201);
        return Json.read(answer.body()).path("conversation").asText();
    }

    private static int order(String who, String id, String order, String body) throws Exception {
        return caller.order(who, id, order, body).statusCode();
    }

    private static JsonNode why(String id) {
        return Json.read(get(SUPERVISOR, "/v1/conversations/" + id + "/why").body());
    }

    private static JsonNode state(String id) {
        return Json.read(get(SUPERVISOR, "/v1/conversations/" + id).body());
    }

    /** From the table of all conversations: none of them is woken by that. */
    private static List<String> listed(String status) {
        return Json.read(get(SUPERVISOR, "/v1/conversations?status=" + status).body())
                .path("conversations")
                .findValuesAsText("id");
    }

    private static HttpResponse<String> get(String who, String path) {
        try {
            return caller.get(who, path, path.endsWith("/events") ? "application/x-ndjson" : "application/json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
