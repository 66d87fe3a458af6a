package switchboard.insight;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;
import switchboard.contract.JudgedClient;
import switchboard.invariants.Json;
import switchboard.program.Program;
import switchboard.witness.Caller;
import switchboard.witness.Message;

/**
 * 150 conversations, in all that can become of them, with the program killed in the middle: the rows appear by themselves,
 * and a rebuild from the logs alone gives the same ones (I9).
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RebuildIT {

    private static final int CONVERSATIONS = 150;
    private static final List<String> TABLES = List.of("search", "search_head", "search_term", "episode", "day");
    private static final Duration REOPEN_WINDOW = Duration.ofMillis(300);
    private static final Map<String, String> USUAL = Map.of(
            "SWITCHBOARD_CONVERSATION_REOPEN_WINDOW",
            REOPEN_WINDOW.toMillis() + "ms",
            "SWITCHBOARD_LOG_WAKES_EVERY",
            "1s");

    @TempDir
    private static Path folder;

    private static final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private static Program program;
    private static Dump live = new Dump(Map.of());
    private static Map<String, Long> waiting = Map.of();

    @BeforeAll
    static void a_load_in_the_middle_of_which_it_is_killed() throws Exception {
        program = Program.start(folder.resolve("data"), USUAL);
        load(0, CONVERSATIONS / 2);
        program.kill();
        program = Program.start(folder.resolve("data"), USUAL);
        load(CONVERSATIONS / 2, CONVERSATIONS);
        program.kill();
        program = Program.start(folder.resolve("data"), USUAL);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    @Order(1)
    void after_a_kill_everything_acknowledged_comes_to_the_lists_by_itself() throws Exception {
        try (var session = program.session()) {
            SwitchboardProcess.await("rows", () -> settled(session));

            assertThat(listed()).isEqualTo(acknowledged).hasSize(CONVERSATIONS);
            live = Dump.of(session, "switchboard");
            waiting = waiting(session);
        }
        assertThat(waiting).isNotEmpty();
        assertThat(live.of("search")).hasSize(CONVERSATIONS);
        assertThat(live.of("episode")).hasSizeGreaterThan(CONVERSATIONS);
    }

    @Test
    @Order(2)
    void a_rebuild_from_the_logs_gives_the_rows_that_were_there() throws Exception {
        try (var session = program.session()) {
            TABLES.forEach(table -> session.execute("TRUNCATE " + table));
            session.execute("TRUNCATE outbound");
            assertThat(listed()).isEmpty();
        }
        program.kill();
        var env = new HashMap<>(USUAL);
        env.put("SWITCHBOARD_INSIGHT_REBUILD", "on");
        program = Program.start(folder.resolve("data"), env);
        SwitchboardProcess.await("the rebuild", () -> program.output().contains("rebuild of rows: done"));

        try (var session = program.session()) {
            assertThat(live.differences(Dump.of(session, "switchboard"))).isEmpty();
            assertThat(waiting(session)).isEqualTo(waiting);
        }
        assertThat(listed()).isEqualTo(acknowledged);
    }

    @Test
    @Order(3)
    void a_comparison_that_misses_a_row_or_sees_another_would_say_so() {
        var rows = new TreeMap<>(live.rows());
        var first = rows.firstKey();
        rows.put(first, rows.get(first) + "!");
        var last = requireNonNull(rows.pollLastEntry());

        assertThat(live.differences(new Dump(rows))).hasSize(2);
        assertThat(new Dump(rows).differences(live)).anyMatch(d -> d.equals("too many " + last.getKey()));
    }

    /** Each conversation goes another way, eight of them at a time. */
    private static void load(int from, int to) throws Exception {
        var caller = JudgedClient.caller(() -> program.address());
        for (var agent : List.of("a0", "a1", "a2", "a3", "a4", "a5", "a6", "b")) {
            caller.employ(agent);
        }
        try (var workers = Executors.newFixedThreadPool(8)) {
            for (var done : IntStream.range(from, to)
                    .mapToObj(i -> workers.submit(() -> {
                        converse(caller, i);
                        return i;
                    }))
                    .toList()) {
                done.get();
            }
        }
    }

    private static void converse(Caller caller, int number) throws IOException, InterruptedException {
        var conversation = message(caller, number, "first");
        if (number % 2 == 0) {
            order(caller, "supervisor", conversation, "assign", "{\"agent\":\"a" + number % 7 + "\"}");
            message(caller, number, "second");
        }
        if (number % 8 == 2) {
            order(caller, "agent-a" + number % 7, conversation, "messages", "{\"text\":\"We are looking into it.\"}");
        }
        if (number % 4 == 0) {
            order(caller, "agent-a" + number % 7, conversation, "hold", "{}");
            order(caller, "supervisor", conversation, "assign", "{\"agent\":\"b\"}");
        }
        if (number % 8 == 0) {
            order(caller, "agent-b", conversation, "resolve", "{\"code\":\"done\"}");
        }
        if (number % 5 == 1) {
            order(caller, "supervisor", conversation, "resolve", "{\"code\":\"spam\"}");
            if (number % 2 == 0) {
                LockSupport.parkNanos(REOPEN_WINDOW.multipliedBy(2).toNanos()); // past it, so a new episode begins
            }
            message(caller, number, "third");
        }
        if (number % 3 == 0) {
            message(caller, number, "fourth");
        }
    }

    private static String message(Caller caller, int number, String text) throws IOException, InterruptedException {
        var answer = caller.post(new Message("visitor-" + number, "/chat/shop", number + text, text));
        assertThat(answer.statusCode()).isEqualTo(201);
        var conversation = Json.read(answer.body()).path("conversation").asText();
        acknowledged.add(conversation);
        return conversation;
    }

    private static void order(Caller caller, String who, String conversation, String order, String body)
            throws IOException, InterruptedException {
        assertThat(caller.order(who + ".local-only", conversation, order, body).statusCode())
                .isIn(200, 201, 409);
    }

    /** Which message of which conversation waits for its gateway. */
    private static Map<String, Long> waiting(CqlSession session) {
        var found = new TreeMap<String, Long>();
        session.execute("SELECT conversation, waiting FROM outbound")
                .forEach(row -> found.put(requireNonNull(row.getString("conversation")), row.getLong("waiting")));
        return found;
    }

    /** Nothing is owed that wants to be done within the hour. */
    private static boolean settled(CqlSession session) {
        var soon = Instant.now().plus(Duration.ofHours(1));
        return session.execute("SELECT wake_at FROM owed").all().stream()
                .noneMatch(row -> requireNonNull(row.getInstant("wake_at")).isBefore(soon));
    }

    private static Set<String> listed() throws IOException, InterruptedException {
        var caller = JudgedClient.caller(() -> program.address());
        var found = new HashSet<String>();
        var path = "/v1/conversations?limit=100";
        while (!path.isEmpty()) {
            var answer = caller.get("supervisor.local-only", path, "application/json");
            assertThat(answer.statusCode()).isEqualTo(200);
            Json.read(answer.body())
                    .path("conversations")
                    .forEach(c -> found.add(c.path("id").asText()));
            path = answer.headers()
                    .firstValue("Link")
                    .map(link -> link.substring(1, link.indexOf('>')))
                    .orElse("");
        }
        return found;
    }
}
