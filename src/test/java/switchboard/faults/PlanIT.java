package switchboard.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;
import switchboard.invariants.Json;
import switchboard.program.Program;
import switchboard.witness.Caller;
import switchboard.witness.Message;

/** The routing plan over HTTP, with the program killed in between: what was acknowledged is in force, and so is every version readable. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlanIT {

    private static final String ROUTE = "/v1/routing/plan";
    private static final String ADMIN = "admin.local-only";
    private static final String SUPERVISOR = "supervisor.local-only";

    private static final HttpClient CLIENT = Caller.client();

    @TempDir
    private static Path folder;

    private static Program program;
    private static final Caller caller = new Caller(() -> program.address());

    @BeforeAll
    static void start() {
        program = Program.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    @Order(1)
    void at_the_first_start_the_built_in_plan_is_there_and_known() throws Exception {
        var plan = Json.read(read("").body());

        assertThat(plan.path("version").asInt(-1)).isZero();
        assertThat(plan.path("plan").path("queues").findValuesAsText("name"))
                .containsExactly("billing", "general", "urgent");
        assertThat(program.output()).contains("routing plan of local: version 0 is in force");
        SwitchboardProcess.await("queues", () -> queues().equals(List.of("billing", "general", "urgent")));
    }

    @Test
    @Order(2)
    void of_many_admins_at_once_who_saw_the_same_version_one_is_taken_and_the_others_are_told() throws Exception {
        var puts = new ArrayList<Callable<HttpResponse<String>>>();
        for (int i = 1; i <= 8; i++) {
            var units = i;
            puts.add(() -> put(plan(units), 0));
        }
        var statuses = new ArrayList<Integer>();
        try (var admins = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : admins.invokeAll(puts)) {
                statuses.add(answer.get().statusCode());
            }
        }

        assertThat(statuses).containsExactlyInAnyOrder(200, 412, 412, 412, 412, 412, 412, 412);
        assertThat(version("")).isEqualTo(1);
        SwitchboardProcess.await("queues", () -> queues().equals(List.of("general")));
    }

    @Test
    @Order(3)
    void killed_after_the_answer_the_version_is_in_force_and_known_before_anybody_is_served() throws Exception {
        for (int units = 10; units <= 50; units += 10) {
            assertThat(put(plan(units), -1).statusCode()).isEqualTo(200);
        }
        var before = read("").body();
        program.kill();
        program = Program.start(folder.resolve("data"));

        assertThat(program.output()).contains("routing plan of local: version 6 is in force");
        assertThat(read("").body()).isEqualTo(before);
        assertThat(Json.read(before).at("/plan/otherChannels/units").asInt()).isEqualTo(50);
    }

    @Test
    @Order(4)
    void after_a_kill_a_conversation_takes_of_its_agent_what_the_plan_in_force_says() throws Exception {
        var anna = "{\"name\": \"Anna\", \"capacity\": {\"chat\": 100}}";
        assertThat(caller.put(SUPERVISOR, "/v1/agents/anna", anna).statusCode()).isEqualTo(200);
        var event = Json.read(caller.post(new Message("visitor-1", "/chat/site", "e1", "Hello?"))
                .body());

        caller.employ("anna");
        var assigned = caller.order(SUPERVISOR, event.path("conversation").asText(), "assign", "{\"agent\": \"anna\"}");

        assertThat(assigned.statusCode()).isEqualTo(200);
        SwitchboardProcess.await("units", () -> load() == 50);
        SwitchboardProcess.await("queues", () -> queues().equals(List.of("general")));
    }

    @Test
    @Order(5)
    void every_version_is_readable_after_the_restart_and_none_that_never_was() throws Exception {
        for (int number = 2; number <= 6; number++) {
            var version = Json.read(read("?version=" + number).body());
            assertThat(version.at("/plan/otherChannels/units").asInt()).isEqualTo((number - 1) * 10);
            assertThat(version.path("adoptedBy").asText()).isEqualTo("admin@local");
        }
        assertThat(version("?version=0")).isZero();
        assertThat(read("?version=7").statusCode()).isEqualTo(404);
    }

    @Test
    @Order(6)
    void killed_at_any_moment_a_repeat_is_the_same_version_and_none_is_missing() throws Exception {
        killedWhilePutting(6);
        for (int number = 0; number <= 7; number++) {
            assertThat(version("?version=" + number)).isEqualTo(number);
        }
    }

    @Test
    @Order(7)
    void its_log_is_a_chain_under_its_own_name_and_owes_nothing() throws Exception {
        var verdict = Json.read(
                caller.get("auditor.local-only", "/v1/audit" + ROUTE.substring(3) + "/verify", "application/json")
                        .body());
        assertThat(verdict.path("valid").asBoolean()).isTrue();
        assertThat(verdict.path("entries").asInt()).isEqualTo(7);
        try (var session = program.session()) {
            var rows = session.execute(
                            "SELECT sequence_nr FROM messages WHERE persistence_id = 'Plan|local' AND partition_nr = 0")
                    .all();
            assertThat(rows).hasSize(7);
            assertThat(session.execute("SELECT pid FROM owed").all())
                    .noneMatch(row -> String.valueOf(row.getString("pid")).startsWith("Plan"));
        }
    }

    @Tag("full")
    @Test
    @Order(8)
    void killed_at_more_moments_a_repeat_is_the_same_version() throws Exception {
        var first = version("");
        for (int before = first; before < first + 3; before++) {
            killedWhilePutting(before);
        }
        for (int number = 0; number <= first + 3; number++) {
            assertThat(version("?version=" + number)).isEqualTo(number);
        }
    }

    private static void killedWhilePutting(int before) throws Exception {
        var units = 94 + before;
        var putting = CLIENT.sendAsync(request(plan(units), before), BodyHandlers.discarding());
        program.kill();
        putting.handle((_, _) -> "whatever became of it").join();
        program = Program.start(folder.resolve("data"));

        var again = put(plan(units), before);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("ETag")).contains("\"" + (before + 1) + "\"");
    }

    private static HttpResponse<String> read(String query) throws Exception {
        return caller.get(SUPERVISOR, ROUTE + query, "application/json");
    }

    private static int load() {
        return seen("/v1/agents/anna").at("/load/chat").asInt();
    }

    /** As the router has them. */
    private static List<String> queues() {
        return seen("/v1/queues").findValuesAsText("queue");
    }

    private static JsonNode seen(String path) {
        try {
            return Json.read(caller.get(SUPERVISOR, path, "application/json").body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int version(String query) throws Exception {
        return Json.read(read(query).body()).path("version").asInt(-1);
    }

    /** {@code expected}: the version that must be in force; -1 for any. */
    private static HttpResponse<String> put(String plan, int expected) throws Exception {
        return CLIENT.send(request(plan, expected), BodyHandlers.ofString());
    }

    private static HttpRequest request(String plan, int expected) {
        return HttpRequest.newBuilder(program.address().resolve(ROUTE))
                .header("Authorization", "Bearer " + ADMIN)
                .header("Content-Type", "application/json")
                .header("If-Match", expected < 0 ? "*" : "\"" + expected + "\"")
                .PUT(BodyPublishers.ofString(plan))
                .build();
    }

    /** On which a contact costs so much. */
    private static String plan(int units) {
        return """
                {"defaultQueue": "general", "otherChannels": {"pool": "interruptible", "units": %d},
                 "queues": [{"name": "general"}]}""".formatted(units);
    }
}
