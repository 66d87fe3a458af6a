package switchboard.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;
import switchboard.invariants.Json;
import switchboard.program.Program;
import switchboard.witness.Caller;
import switchboard.witness.Message;
import switchboard.witness.ServerEvents;

/** I7 for an agent's stream, with the program killed under it: what she is shown before and after is the histories. */
class AgentStreamIT {

    private static final String SUPERVISOR = "supervisor.local-only";
    private static final int MANY = 20;
    private static final Map<String, String> USUAL = Map.of("SWITCHBOARD_AGENT_GRACE", "1h");

    /** One event of the stream. */
    private record Event(String cursor, String type, JsonNode data) {
        long seq() {
            return data.at("/event/seq").asLong();
        }

        boolean of(String conversation) {
            return data.path("conversation").asText().equals(conversation);
        }
    }

    @TempDir
    private static Path folder;

    private static Program program;
    private static int tests;

    private final Caller caller = new Caller(() -> program.address());
    private final List<Event> seen = new CopyOnWriteArrayList<>();
    private final List<InputStream> open = new CopyOnWriteArrayList<>();
    private String anna = "";
    private int said;

    @BeforeAll
    static void start() {
        program = Program.start(folder.resolve("data"), USUAL);
    }

    /** Another one for each test. */
    @BeforeEach
    void anna_is_there() throws Exception {
        anna = "anna-" + ++tests;
        var body = """
                {"name": "Anna Berg", "queues": ["support"], "capacity": {"voice": 100, "chat": 100}}""";
        assertThat(caller.put(SUPERVISOR, "/v1/agents/" + anna, body).statusCode())
                .isEqualTo(200);
    }

    @AfterEach
    void leave() throws Exception {
        for (var stream : open) {
            stream.close();
        }
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void two_conversations_over_a_kill_are_shown_without_a_gap_and_nothing_twice() throws Exception {
        var first = says("one");
        var second = says("two");
        var reader = follows("");
        SwitchboardProcess.await("the beginning", () -> !seen.isEmpty());
        assigns(first);
        assigns(second);
        talk(first, second);
        SwitchboardProcess.await(
                "some of it", () -> shown(first).size() > 3 && shown(second).size() > 3);

        program.kill();
        reader.join();
        program = Program.start(folder.resolve("data"), USUAL);
        talk(first, second);
        var again = follows("?after=" + seen.getLast().cursor());
        talk(first, second);

        for (var id : List.of(first, second)) {
            SwitchboardProcess.await(
                    "all of " + id, () -> shown(id).size() == history(id).size());
            assertThat(inOrder(shown(id))).isEqualTo(history(id));
            assertThat(shown(id).getFirst().type()).isEqualTo("agent.assigned");
            assertThat(numbers(shown(id)).subList(1, shown(id).size())).isSorted();
        }
        var own = seen.stream().filter(it -> it.data().has("agent")).toList();
        assertThat(numbers(own))
                .isEqualTo(LongStream.range(2, 2 + own.size()).boxed().toList());
        assertThat(own).extracting(Event::type).contains("hold.granted", "hold.accepted");
        assertThat(presence()).isEqualTo("available");
        leave();
        again.join();
    }

    @Test
    void what_is_taken_from_her_while_the_program_is_down_is_shown_to_its_end() throws Exception {
        var first = says("one");
        var reader = follows("");
        SwitchboardProcess.await("the beginning", () -> !seen.isEmpty());
        assigns(first);
        SwitchboardProcess.await(
                "all of it", () -> shown(first).size() == history(first).size());
        program.kill();
        reader.join();
        program = Program.start(folder.resolve("data"), USUAL);
        says("one");
        caller.employ("ben");
        assertThat(caller.order(SUPERVISOR, first, "assign", "{\"agent\":\"ben\"}")
                        .statusCode())
                .isBetween(200, 201);
        says("one");

        var again = follows("?after=" + seen.getLast().cursor());
        SwitchboardProcess.await(
                "the end",
                () -> seen.stream()
                        .anyMatch(it -> it.data().has("agent") && it.type().equals("hold.ended")));
        SwitchboardProcess.await(
                "its end", () -> shown(first).stream().anyMatch(it -> it.type().equals("agent.released")));
        leave();
        again.join();

        var last = shown(first).stream().mapToLong(Event::seq).max().orElseThrow();
        assertThat(shown(first).stream().filter(it -> it.seq() == last).map(Event::type))
                .containsExactly("agent.released");
        assertThat(shown(first)).hasSize((int) last);
    }

    /** In turns, and she answers now and then. */
    private void talk(String first, String second) throws Exception {
        for (int i = 0; i < MANY; i++) {
            says(i % 2 == 0 ? "one" : "two");
            if (i % 5 == 0) {
                var id = i % 2 == 0 ? first : second;
                assertThat(caller.order(key(), id, "messages", "{\"text\":\"Yes " + i + "\"}")
                                .statusCode())
                        .isBetween(200, 201);
            }
        }
    }

    private String says(String thread) throws Exception {
        var answer = caller.post(new Message(anna + thread, "/chat/site", "e" + said++, "Hello " + said));
        assertThat(answer.statusCode()).isEqualTo(201);
        return Json.read(answer.body()).path("conversation").asText();
    }

    private void assigns(String conversation) throws Exception {
        caller.employ(anna);
        assertThat(caller.order(SUPERVISOR, conversation, "assign", "{\"agent\":\"" + anna + "\"}")
                        .statusCode())
                .isBetween(200, 201);
        assertThat(caller.put(key(), "/v1/agents/" + anna + "/presence", "{\"status\":\"available\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    private String key() {
        return "agent-" + anna + ".local-only";
    }

    private String presence() throws Exception {
        return Json.read(caller.get(SUPERVISOR, "/v1/agents/" + anna, "application/json")
                        .body())
                .path("presence")
                .asText();
    }

    private List<Event> shown(String conversation) {
        return seen.stream().filter(it -> it.of(conversation)).toList();
    }

    private static List<Long> numbers(List<Event> events) {
        return events.stream().map(Event::seq).toList();
    }

    /** What she was shown of it, as the history has it. */
    private static List<String> inOrder(List<Event> events) {
        return events.stream()
                .sorted(java.util.Comparator.comparingLong(Event::seq))
                .map(it -> it.data().path("event").toString())
                .toList();
    }

    private List<String> history(String conversation) {
        try {
            var path = "/v1/conversations/" + conversation + "/events";
            return caller.get(SUPERVISOR, path, "application/x-ndjson")
                    .body()
                    .lines()
                    .toList();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes whatever comes until the stream ends. */
    private Thread follows(String query) throws Exception {
        var answer = caller.stream(key(), "/v1/agents/" + anna + "/stream" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        open.add(answer.body());
        return Thread.ofVirtual().start(() -> read(answer.body()));
    }

    private void read(InputStream body) {
        try (body) {
            ServerEvents.read(body, event -> {
                seen.add(new Event(event.id(), event.event(), Json.read(event.data())));
                return true;
            });
        } catch (IOException e) {
            assertThat(e)
                    .as("it was killed, or she left: what came whole counts")
                    .isNotNull();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
