package switchboard.tampering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;
import switchboard.contract.JudgedClient;
import switchboard.invariants.Chain;
import switchboard.invariants.History.Event;
import switchboard.invariants.Json;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.log.TenantKeys;
import switchboard.program.Program;
import switchboard.witness.Auditor;
import switchboard.witness.Caller;
import switchboard.witness.Message;

/**
 * What becomes of a conversation whose rows or key were changed while no actor held it.
 *
 * <p>A write of unknown outcome surfaces late, beside another row of its number. A genuine one is made so: the program
 * writes it, it is taken out of the table after a restart, the next incarnation goes on without it, and then it is put
 * back. An episode's key is deleted from the vault, and the program that knew it is killed. An erasure is the last that the
 * log has of a conversation in which a message waits.
 */
class LateWritesAndErasureIT {

    private static final String MIDDLE = "in-the-middle";
    private static final String HEAD = "at-the-head";
    private static final String RETRIED = "retried-meanwhile";
    private static final String LATE = "late";
    private static final String UNSENT = "nobody fetched this";
    private static final String NEXT = "to whom is this?";
    private static final Message SECRET = new Message("anna", "/chat/old-site", "provider-id-7", "my secret");

    @TempDir
    private static Path folder;

    private static final Map<String, String> conversations = new HashMap<>();
    private static final Map<String, String> answers = new HashMap<>();
    private static Program program;
    private static Caller caller;
    private static String erased;
    private static String answerBefore;
    private static String waiting;

    @BeforeAll
    static void writes_surface_late_in_three_conversations_and_a_key_is_deleted_of_a_fourth() throws Exception {
        program = Program.start(folder.resolve("data"));
        caller = JudgedClient.caller(() -> program.address());
        for (var thread : List.of(MIDDLE, HEAD, RETRIED)) {
            post(thread, "first");
            post(thread, LATE);
        }
        answerBefore = caller.post(SECRET).body();
        erased = Json.read(answerBefore).path("conversation").asText();
        waiting = waitsForAGateway();
        restart();
        erasedInTheLog(waiting);
        var late = takenOut();
        post(MIDDLE, "second");
        post(MIDDLE, "third");
        post(HEAD, "second");
        post(RETRIED, LATE);
        putBack(late);
        deleteKey();
        restart();
        // Who is asked for its state stands up, and finds what is missing.
        for (var conversation : conversations.values()) {
            caller.get("supervisor.local-only", "/v1/conversations/" + conversation, "application/json");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        program.close();
    }

    @Test
    void what_it_said_is_in_the_history_once() throws Exception {
        for (var thread : conversations.keySet()) {
            assertThat(texts(thread)).as(thread).containsOnlyOnce(LATE);
        }
    }

    @Test
    void it_is_appended_where_its_effect_is_missing_and_only_there() throws Exception {
        assertThat(events(MIDDLE)).last().extracting(Event::type).isEqualTo("entry.recovered");
        assertThat(events(HEAD)).last().extracting(Event::type).isEqualTo("entry.recovered");
        assertThat(events(RETRIED)).extracting(Event::type).doesNotContain("entry.recovered");
    }

    @Test
    void nothing_acknowledged_moves() throws Exception {
        for (var entry : answers.entrySet()) {
            var name = Path.of(entry.getKey());
            var response = caller.post(
                    message(name.getName(0).toString(), name.getName(1).toString()));

            assertThat(response.body()).as(entry.getKey()).isEqualTo(entry.getValue());
        }
    }

    @Test
    void its_retry_is_answered_with_the_place_where_it_now_is() throws Exception {
        for (var thread : List.of(MIDDLE, HEAD)) {
            var response = caller.post(message(thread, LATE));

            assertThat(response.statusCode()).isEqualTo(201);
            assertThat(Json.read(response.body()).path("seq").asLong())
                    .isEqualTo(events(thread).getLast().seq());
        }
    }

    @Test
    void the_chain_verifies_and_numbers_have_no_gap() throws Exception {
        for (var conversation : conversations.values()) {
            var history = new Auditor(caller).read(conversation);

            assertThat(Chain.violated(history)).isEmpty();
            assertThat(history.events())
                    .extracting(Event::seq)
                    .isEqualTo(LongStream.rangeClosed(1, history.events().size())
                            .boxed()
                            .toList());
        }
    }

    @Test
    void what_was_said_under_an_erased_key_is_gone_from_every_answer() throws Exception {
        var path = "/v1/conversations/" + erased;
        var history = caller.get("supervisor.local-only", path + "/events", "application/x-ndjson");
        var stored = caller.bytes("auditor.local-only", path + "/events", "application/vnd.switchboard.log");
        var state = caller.get("supervisor.local-only", path, "application/json");

        assertThat(history.body()).contains("\"erased\":true");
        assertThat(history.body() + new String(stored.body(), StandardCharsets.UTF_8) + state.body())
                .doesNotContain(SECRET.text(), SECRET.id(), SECRET.source(), SECRET.thread());
    }

    @Test
    void the_chain_of_what_was_erased_is_whole() throws Exception {
        assertThat(Chain.violated(new Auditor(caller).read(erased))).isEmpty();
    }

    @Test
    void a_repeat_of_what_was_erased_is_answered_as_ever_and_stores_nothing() throws Exception {
        var before = new Auditor(caller).raw(erased).size();

        assertThat(caller.post(SECRET).body()).isEqualTo(answerBefore);

        assertThat(new Auditor(caller).raw(erased)).hasSize(before);
    }

    @Test
    void what_is_said_after_an_erasure_can_be_read_again() throws Exception {
        assertThat(caller.post(message(SECRET.thread(), "hello again")).statusCode())
                .isEqualTo(201);

        assertThat(new Auditor(caller).events(erased))
                .last()
                .extracting(Event::text)
                .isEqualTo("hello again");
    }

    @Test
    void what_waited_for_a_gateway_when_it_was_erased_has_failed_and_so_has_what_goes_to_nobody() throws Exception {
        assertThat(says(waiting, NEXT)).isEqualTo(201);

        SwitchboardProcess.await("the reports", () -> history(waiting).split("\"reason\":\"erased\"", -1).length == 3);

        assertThat(history(waiting)).contains("\"erased\":true", NEXT).doesNotContain(UNSENT);
    }

    /** Our side has written, and no gateway has fetched it. */
    private static String waitsForAGateway() throws Exception {
        var opened = caller.post(message("waits", "Hello?"));
        var conversation = Json.read(opened.body()).path("conversation").asText();
        caller.employ("anna");
        caller.order("supervisor.local-only", conversation, "assign", "{\"agent\":\"anna\"}");
        assertThat(says(conversation, UNSENT)).isEqualTo(201);
        return conversation;
    }

    private static int says(String conversation, String text) throws Exception {
        return caller.order("agent-anna.local-only", conversation, "messages", "{\"text\":\"" + text + "\"}")
                .statusCode();
    }

    private static String history(String conversation) {
        try {
            var path = "/v1/conversations/" + conversation + "/events";
            return caller.get("supervisor.local-only", path, "application/x-ndjson")
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("no history", e);
        }
    }

    /** The erasure alone, as if its program had been killed right after it. */
    private static void erasedInTheLog(String conversation) {
        try (var rows = new Rows(program.session())) {
            var all = rows.of(conversation);
            var opening = Json.read(all.getFirst().text());
            var key = opening.path("data").path("key").path("id").asText();
            var last = Entry.of(all.getLast().bytes());
            var pen = new Pen(new TenantKeys(new byte[32], new byte[32]), last.writer());
            var data = Map.of("by", "adam", "keys", List.of(key));
            var entry = pen.write(Head.after(last), "content.erased", last.at(), last.episode(), data);
            rows.insert(all.getLast().followedBy(entry.bytes()));
        }
    }

    private static void restart() throws Exception {
        program.kill();
        program = Program.start(folder.resolve("data"));
    }

    /** The rows of the late messages, gone from the table before any actor has read them. */
    private static List<Rows.Stored> takenOut() {
        try (var rows = new Rows(program.session())) {
            var late = conversations.values().stream()
                    .map(conversation -> rows.of(conversation).getLast())
                    .toList();
            late.forEach(rows::remove);
            late.forEach(row -> rows.forgetHead(row.log()));
            return late;
        }
    }

    private static void putBack(List<Rows.Stored> late) {
        try (var rows = new Rows(program.session())) {
            late.forEach(rows::insert);
        }
    }

    private static void deleteKey() {
        try (var rows = new Rows(program.session())) {
            var opening = Json.read(rows.of(erased).getFirst().text());
            rows.deleteKey(opening.path("data").path("key").path("id").asText());
        }
    }

    private static List<Event> events(String thread) throws Exception {
        return new Auditor(caller).events(conversations.getOrDefault(thread, ""));
    }

    private static List<String> texts(String thread) throws Exception {
        return events(thread).stream().map(Event::text).toList();
    }

    private static void post(String thread, String text) throws Exception {
        var response = caller.post(message(thread, text));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        conversations.put(
                thread, Json.read(response.body()).path("conversation").asText());
        if (!text.equals(LATE)) {
            answers.put(thread + "/" + text, response.body());
        }
    }

    private static Message message(String thread, String text) {
        return new Message(thread, "/chat/web", text, text);
    }
}
