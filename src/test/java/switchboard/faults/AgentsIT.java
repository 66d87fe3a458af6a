package switchboard.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
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

/** Agents over HTTP, with the program killed in between: what was acknowledged of them is there, and so are the lists. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AgentsIT {

    private static final int AGENTS = 30;
    private static final String GONE = "gone";
    private static final String SUPERVISOR = "supervisor.local-only";
    private static final String ADMIN = "admin.local-only";
    private static final Map<String, String> USUAL =
            Map.of("SWITCHBOARD_LOG_WAKES_EVERY", "1s", "SWITCHBOARD_AGENT_GRACE", "1h");

    @TempDir
    private static Path folder;

    private static Program program;
    private static final Caller caller = new Caller(() -> program.address());
    private static List<String> before = List.of();

    @BeforeAll
    static void agents_of_whom_some_are_there() throws Exception {
        program = Program.start(folder.resolve("data"), USUAL);
        for (int i = 0; i < AGENTS; i++) {
            put(i, 100);
            if (i % 3 != 0) {
                assertThat(caller.put("agent-" + id(i) + ".local-only", path(i) + "/presence", presence(i))
                                .statusCode())
                        .isEqualTo(200);
            }
        }
        assertThat(caller.put(SUPERVISOR, "/v1/agents/" + GONE, profile(GONE, 1, 100))
                        .statusCode())
                .isEqualTo(200);
        assertThat(caller.delete(ADMIN, "/v1/agents/" + GONE).statusCode()).isEqualTo(200);
        program.kill();
        program = Program.start(folder.resolve("data"), USUAL);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    @Order(1)
    void after_a_kill_each_is_as_she_was_and_the_list_says_so_too() throws Exception {
        for (int i = 0; i < AGENTS; i++) {
            var agent = Json.read(read(path(i)).body());
            assertThat(agent.path("name").asText()).isEqualTo("Anna Nr. " + i);
            assertThat(agent.path("presence").asText()).isEqualTo(said(i));
        }
        assertThat(read("/v1/agents/" + GONE).statusCode()).isEqualTo(404);
        SwitchboardProcess.await("the list", () -> listed().equals(all()));
        before = listed();
    }

    @Tag("full")
    @Test
    @Order(2)
    void killed_while_they_change_the_list_comes_to_where_they_stand() throws Exception {
        for (int i = 0; i < AGENTS; i++) {
            put(i, 200);
        }
        assertThat(caller.delete(ADMIN, path(AGENTS - 1)).statusCode()).isEqualTo(200);
        program.kill();
        program = Program.start(folder.resolve("data"), USUAL);

        assertThat(read(path(AGENTS - 1)).statusCode()).isEqualTo(404);
        SwitchboardProcess.await("the list", () -> listed().equals(all()));
        before = listed();
        assertThat(before).hasSize(AGENTS - 1).allMatch(line -> line.contains("\"chat\":200"));
    }

    @Test
    @Order(3)
    void a_rebuild_from_the_logs_gives_the_same_list() throws Exception {
        try (var session = program.session()) {
            session.execute("TRUNCATE agent");
        }
        assertThat(listed()).isEmpty();
        program.kill();
        var env = new HashMap<>(USUAL);
        env.put("SWITCHBOARD_INSIGHT_REBUILD", "on");
        program = Program.start(folder.resolve("data"), env);

        SwitchboardProcess.await("the rebuild", () -> program.output().contains("rebuild of rows: done"));

        assertThat(listed()).isEqualTo(before);
    }

    @Test
    @Order(4)
    void nothing_is_owed_of_one_who_was_deleted_and_had_nothing() {
        try (var session = program.session()) {
            SwitchboardProcess.await(
                    "what is owed",
                    () -> session.execute("SELECT pid FROM owed").all().stream()
                            .noneMatch(
                                    row -> String.valueOf(row.getString("pid")).endsWith(":" + GONE)));
        }
    }

    @Test
    @Order(5)
    void given_to_one_who_is_being_deleted_it_is_refused_or_waits_again_and_is_never_with_nobody() throws Exception {
        var conversations = new ArrayList<String>();
        for (int i = 0; i < AGENTS; i++) {
            var opened = caller.post(new Message("late-" + i, "/chat/site", "e" + i, "Hello?"));
            conversations.add(Json.read(opened.body()).path("conversation").asText());
            caller.employ("late-" + i);
        }
        var given = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AGENTS; i++) {
                var id = conversations.get(i);
                var agent = "late-" + i;
                var order =
                        threads.submit(() -> caller.order(SUPERVISOR, id, "assign", "{\"agent\":\"" + agent + "\"}"));
                LockSupport.parkNanos(i * 1_000_000L);
                assertThat(caller.delete(ADMIN, "/v1/agents/" + agent).statusCode())
                        .isEqualTo(200);
                given += order.get().statusCode() == 200 ? 1 : 0;
            }
        }

        assertThat(given).isPositive();
        SwitchboardProcess.await(
                "what was given to nobody",
                () -> conversations.stream()
                        .map(id -> Json.read(read("/v1/conversations/" + id).body())
                                .path("status")
                                .asText())
                        .allMatch(List.of("bot", "queued")::contains));
    }

    /** What each says of herself, as the list has it: without what only a stream knows. */
    private static List<String> all() {
        var lines = new ArrayList<String>();
        for (int i = 0; i < AGENTS; i++) {
            var answer = read(path(i));
            if (answer.statusCode() == 200) {
                lines.add(line(Json.read(answer.body())));
            }
        }
        return lines;
    }

    private static List<String> listed() {
        var lines = new ArrayList<String>();
        var path = "/v1/agents?limit=7";
        while (!path.isEmpty()) {
            var answer = read(path);
            assertThat(answer.statusCode()).isEqualTo(200);
            Json.read(answer.body()).path("agents").forEach(agent -> lines.add(line(agent)));
            path = answer.headers()
                    .firstValue("Link")
                    .map(link -> link.substring(1, link.indexOf('>')))
                    .orElse("");
        }
        return lines;
    }

    private static HttpResponse<String> read(String path) {
        try {
            return caller.get(SUPERVISOR, path, "application/json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String line(JsonNode agent) {
        ((ObjectNode) agent).remove(List.of("routing", "offers"));
        return agent.toString();
    }

    private static void put(int i, int chat) throws Exception {
        var body = profile("Anna Nr. " + i, i % 5 + 1, chat);
        assertThat(caller.put(SUPERVISOR, path(i), body).statusCode()).isEqualTo(200);
    }

    private static String profile(String name, int level, int chat) {
        return """
                {"name": "%s", "languages": ["de"], "skills": [{"skill": "billing", "level": %d}],
                 "queues": ["support"], "capacity": {"voice": 100, "chat": %d}}""".formatted(name, level, chat);
    }

    private static String presence(int i) {
        return "{\"status\": \"" + said(i) + "\"}";
    }

    private static String said(int i) {
        return List.of("offline", "available", "busy").get(i % 3);
    }

    private static String id(int i) {
        return "a%02d".formatted(i);
    }

    private static String path(int i) {
        return "/v1/agents/" + id(i);
    }
}
