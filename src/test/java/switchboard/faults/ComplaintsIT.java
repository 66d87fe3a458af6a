package switchboard.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.faults.Colleague.expect;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

/** What users of other systems complain of where people are assigned to conversations: each complaint is a test here. */
class ComplaintsIT {

    private static final String SUPERVISOR = "supervisor.local-only";
    private static final String ADMIN = "admin.local-only";
    /** That a browser is gone shows when something is to be written to it. */
    private static final String SETTINGS = "switchboard.http.streams.heartbeat = 1s";

    private static final int TESTS = 10;

    @TempDir
    private static Path folder;

    private static Program program;
    private static final Caller caller = new Caller(() -> program.address());
    private static final AtomicInteger visitors = new AtomicInteger();
    private static int tests;

    private final List<Colleague> staff = new ArrayList<>();
    private String queue = "";

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(folder.resolve("quick.conf"), SETTINGS);
        program = begun();
        expect(200, caller.put(ADMIN, "/v1/routing/plan", plan()));
    }

    private static Program begun() {
        return Program.start(
                folder.resolve("data"),
                Map.of(
                        "SWITCHBOARD_LOG_WAKES_EVERY",
                        "1s",
                        "SWITCHBOARD_AGENT_GRACE",
                        "2s",
                        "SWITCHBOARD_CONF",
                        folder.resolve("quick.conf").toString()));
    }

    /** Each test has a queue of its own. Nobody has to hurry, but a test can wait until an offer is over. */
    private static String plan() {
        var queues = IntStream.rangeClosed(1, TESTS)
                .mapToObj(i -> "{\"name\": \"q" + i + "\", \"offer\": \"PT20S\", \"coolDown\": \"PT1S\"}")
                .collect(Collectors.joining(", "));
        return """
                {"defaultQueue": "q1", "otherChannels": {"pool": "interruptible", "units": 34}, "queues": [%s]}""".formatted(queues);
    }

    @BeforeEach
    void a_queue_of_its_own() {
        queue = "q" + ++tests;
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @AfterEach
    void everybody_goes() throws Exception {
        for (var one : staff) {
            one.close();
        }
    }

    @Test
    void assigned_to_agents_who_are_offline() throws Exception {
        var ana = hires("ana", 100).comes();
        ana.vanishes();
        SwitchboardProcess.await("her lease is over", () -> !offers("ana"));

        var id = escalated();
        var ben = hires("ben", 100).comes();

        assertThat(ben.offer(1)).startsWith(id + ".");
        assertThat(ana.offers()).isEmpty();
    }

    @Test
    void what_an_agent_had_who_is_lost_waits_again_with_its_age() throws Exception {
        var ana = hires("ana", 34).comes();
        var first = escalated();
        ana.takes(ana.offer(1));
        var later = escalated();
        ana.vanishes();
        SwitchboardProcess.await(
                "it waits again", () -> state(first).path("status").asText().equals("queued"));

        var ben = hires("ben", 34).comes();

        assertThat(ben.offer(1)).startsWith(first + ".");
        assertThat(state(later).path("status").asText()).isEqualTo("queued");
    }

    @Test
    void queue_not_drained_when_capacity_frees() throws Exception {
        var ana = hires("ana", 34).comes();
        for (int i = 0; i < 4; i++) {
            escalated();
        }
        for (int i = 1; i <= 4; i++) {
            var reservation = ana.offer(i);
            ana.takes(reservation);
            expect(200, ana.orders(conversation(reservation), "resolve", "{\"code\": \"solved\"}"));
        }

        assertThat(ana.offers()).hasSize(4);
    }

    @Test
    void unfair_distribution() throws Exception {
        var three = List.of(
                hires("ana", 100).comes(),
                hires("ben", 100).comes(),
                hires("cem", 100).comes());
        for (int round = 1; round <= 3; round++) {
            for (int i = 0; i < 3; i++) {
                escalated();
            }
            for (var one : three) {
                var reservation = one.offer(round);
                one.takes(reservation);
                expect(200, one.orders(conversation(reservation), "resolve", "{\"code\": \"solved\"}"));
            }
        }

        assertThat(three).allSatisfy(one -> assertThat(one.offers()).hasSize(3));
    }

    @Test
    void capacity_races_limit_three_got_four() throws Exception {
        var ana = hires("ana", 102).comes();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var all = new ArrayList<Callable<String>>();
            for (int i = 0; i < 12; i++) {
                all.add(this::escalated);
            }
            threads.invokeAll(all);
        }
        ana.offer(3);
        for (var reservation : ana.offers()) {
            ana.takes(reservation);
        }

        assertThat(agent("ana").at("/load/chat").asInt()).isEqualTo(102);
        assertThat(ana.offers()).hasSize(3);
        SwitchboardProcess.await("the list", () -> waiting().size() == 9);
    }

    @Test
    void one_inquiry_taken_by_two() throws Exception {
        var ana = hires("ana", 34).comes();
        var ben = hires("ben", 0);
        var id = escalated();
        var reservation = ana.offer(1);

        var no = ben.says("accept", reservation);
        assertThat(no.statusCode()).isEqualTo(409);
        assertThat(Json.read(no.body()).path("code").asText()).isEqualTo("taken");
        ana.takes(reservation);
        ana.takes(reservation);

        assertThat(state(id).at("/handler/agent").asText()).isEqualTo(named("ana"));
    }

    @Test
    void chats_stuck_or_invisible_in_the_queue() throws Exception {
        var first = escalated();
        var second = escalated();
        SwitchboardProcess.await("both are in the list", () -> waiting().containsAll(List.of(first, second)));

        program.kill();
        program = begun();

        assertThat(waiting()).contains(first, second);
        var ana = hires("ana", 68).comes();
        assertThat(List.of(conversation(ana.offer(1)), conversation(ana.offer(2))))
                .containsExactlyInAnyOrder(first, second);
    }

    @Test
    void no_answer_timers_lost_on_restart() throws Exception {
        var ana = hires("ana", 34).comes();
        var id = escalated();
        var reservation = ana.offer(1);

        program.kill();
        program = begun();
        SwitchboardProcess.await(
                "it waits again", () -> state(id).path("status").asText().equals("queued"));
        var late = ana.says("accept", reservation);
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(Json.read(late.body()).path("code").asText()).isIn("timed_out", "rescinded");

        var ben = hires("ben", 34).comes();
        assertThat(ben.offer(1)).startsWith(id + ".");
    }

    @Test
    void an_offer_accepted_after_the_customer_left() throws Exception {
        var ana = hires("ana", 34).comes();
        escalated();
        var reservation = ana.offer(1);
        leaves(visitors.get());

        var late = ana.says("accept", reservation);

        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(Json.read(late.body()).path("code").asText()).isEqualTo("rescinded");
        SwitchboardProcess.await(
                "her place is free", () -> agent("ana").at("/load/chat").asInt() == 0);
    }

    @Test
    void nobody_can_tell_why_she_got_it() throws Exception {
        hires("ana", 34).comes();
        hires("ben", 34).comes();
        var id = escalated();
        SwitchboardProcess.await(
                "an offer", () -> state(id).path("status").asText().equals("reserved"));

        var why = Json.read(caller.get(SUPERVISOR, "/v1/conversations/" + id + "/why", "application/json")
                .body());

        var decision = why.findValue("decision");
        assertThat(decision.path("winner").asText()).isIn(named("ana"), named("ben"));
        assertThat(decision.path("runnerUp").asText()).isIn(named("ana"), named("ben"));
        assertThat(decision.path("lost").asText()).isNotEmpty();
        assertThat(decision.path("plan").asInt()).isEqualTo(1);
    }

    private Colleague hires(String name, int chat) throws Exception {
        var one = new Colleague(named(name), queue, chat, () -> program.address());
        staff.add(one);
        return one;
    }

    private String named(String name) {
        return name + "-" + queue;
    }

    private String escalated() throws IOException, InterruptedException {
        var number = visitors.incrementAndGet();
        var answer = caller.post(new Message("visitor-" + number, "/chat/site", "e" + number, "I want a person"));
        expect(201, answer);
        var id = Json.read(answer.body()).path("conversation").asText();
        expect(
                200,
                caller.order(
                        SUPERVISOR, id, "escalate", "{\"queue\": \"" + queue + "\", \"reason\": \"customer_asked\"}"));
        return id;
    }

    private static void leaves(int visitor) throws IOException, InterruptedException {
        var event = """
                {"specversion": "1.0", "type": "customer.left", "source": "/chat/site", "id": "left-%d", "subject": "visitor-%d", "data": {}}
                """.formatted(visitor, visitor);
        try (var answers = caller.postAll("application/x-ndjson", event).body()) {
            assertThat(answers.map(line -> Json.read(line).path("status").asInt()))
                    .containsExactly(201);
        }
    }

    private static String conversation(String reservation) {
        return reservation.substring(0, reservation.indexOf('.'));
    }

    private static JsonNode state(String id) {
        return read("/v1/conversations/" + id);
    }

    private JsonNode agent(String name) {
        return read("/v1/agents/" + named(name));
    }

    private boolean offers(String name) {
        return agent(name).path("offers").asBoolean();
    }

    /** In this test's queue, by the list. */
    private List<String> waiting() {
        var found = new ArrayList<String>();
        for (var one : read("/v1/conversations?status=queued&limit=100").path("conversations")) {
            if (one.at("/handler/queue").asText().equals(queue)) {
                found.add(one.path("id").asText());
            }
        }
        return found;
    }

    private static JsonNode read(String path) {
        try {
            return Json.read(caller.get(SUPERVISOR, path, "application/json").body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
