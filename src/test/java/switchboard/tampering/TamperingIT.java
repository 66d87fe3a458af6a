package switchboard.tampering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.contract.JudgedClient;
import switchboard.invariants.Chain;
import switchboard.invariants.Json;
import switchboard.program.Program;
import switchboard.witness.Auditor;
import switchboard.witness.Caller;
import switchboard.witness.Message;

/** I8: whatever is done to the stored rows with the database's password, the proof names the first number that is wrong. */
class TamperingIT {

    /** Something done to a log of seven entries; the rows are given in order. */
    interface Tampering {
        void on(Rows rows, List<Rows.Stored> log);
    }

    private static final int MESSAGES = 6;
    private static final String ADMIN = "admin.local-only";
    private static final String AUDITOR = "auditor.local-only";

    @TempDir
    private static Path folder;

    private static Program program;
    private static Caller caller;
    private static Rows rows;

    @BeforeAll
    static void start() throws Exception {
        program = Program.start(folder.resolve("data"));
        caller = JudgedClient.caller(() -> program.address());
        rows = new Rows(program.session());
    }

    @AfterAll
    static void stop() throws Exception {
        rows.close();
        program.close();
    }

    static Stream<Arguments> tamperings() {
        return Stream.of(
                tampering(4, "a changed byte", (all, log) -> all.change(log.get(3), flipped(log.get(3), 40))),
                tampering(
                        1,
                        "a changed byte of the first",
                        (all, log) -> all.change(log.get(0), flipped(log.get(0), 40))),
                tampering(
                        7, "a changed byte of the last", (all, log) -> all.change(log.get(6), flipped(log.get(6), 40))),
                tampering(
                        5,
                        "no entry at all",
                        (all, log) -> all.change(log.get(4), "{}".getBytes(StandardCharsets.UTF_8))),
                tampering(3, "two swapped", (all, log) -> {
                    all.change(log.get(2), log.get(4).bytes());
                    all.change(log.get(4), log.get(2).bytes());
                }),
                tampering(3, "one removed", (all, log) -> all.remove(log.get(2))),
                tampering(1, "the first removed", (all, log) -> all.remove(log.get(0))),
                tampering(7, "the last removed", (all, log) -> all.remove(log.get(6))),
                tampering(
                        5,
                        "the last three removed",
                        (all, log) -> log.subList(4, 7).forEach(all::remove)),
                tampering(4, "one changed and the rest linked anew", (all, log) -> relink(all, log, 3)),
                tampering(7, "the last changed and linked", (all, log) -> relink(all, log, 6)),
                tampering(4, "one removed and the rest moved up", TamperingIT::movedUp),
                tampering(
                        8,
                        "one appended",
                        (all, log) -> all.insert(log.get(6).followedBy(following(log.get(6), log.get(5))))));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("tamperings")
    void the_proof_names_the_first_number_that_is_wrong(long number, Tampering tampering) throws Exception {
        var conversation = converse("tampered");

        tampering.on(rows, rows.of(conversation));

        var verdict = Json.read(new Auditor(caller).verify(conversation).body());
        assertThat(verdict.path("valid").asBoolean(true)).as("%s", verdict).isFalse();
        assertThat(verdict.path("firstBad").asLong()).as("%s", verdict).isEqualTo(number);
    }

    @Test
    void an_entry_of_another_conversation_is_no_entry_of_this_one() throws Exception {
        var conversation = converse("here");
        var there = rows.of(converse("there"));

        rows.change(rows.of(conversation).get(2), there.get(2).bytes());

        var verdict = Json.read(new Auditor(caller).verify(conversation).body());
        assertThat(verdict.path("firstBad").asLong()).as("%s", verdict).isEqualTo(3);
    }

    @Test
    void the_log_of_what_is_known_is_proved_as_a_conversation_is_and_its_bytes_are_there_for_anybody_to_do_it()
            throws Exception {
        for (int i = 1; i <= 5; i++) {
            var article = "{\"language\":\"en\",\"title\":\"T" + i + "\",\"body\":\"B\"}";
            assertThat(caller.put(ADMIN, "/v1/knowledge/articles/a" + i, article)
                            .statusCode())
                    .isEqualTo(200);
        }

        provedAndNamed("/v1/audit/knowledge", "Knowledge|local", 5);
    }

    @Test
    void the_log_of_plans_is_too() throws Exception {
        for (int i = 1; i <= 4; i++) {
            var plan = """
                    {"defaultQueue": "general", "otherChannels": {"pool": "voice", "units": %d},
                     "queues": [{"name": "general"}]}""".formatted(i);
            assertThat(caller.put(ADMIN, "/v1/routing/plan", plan).statusCode()).isEqualTo(200);
        }

        provedAndNamed("/v1/audit/routing/plan", "Plan|local", 4);
    }

    /** Of that log with so many entries, as long as nothing was changed; a byte of the third is named by its number. */
    private static void provedAndNamed(String route, String log, int entries) throws Exception {
        var sound = verdict(route);
        assertThat(sound.path("valid").asBoolean()).as("%s", sound).isTrue();
        assertThat(sound.path("entries").asInt()).isEqualTo(entries);
        var stored = caller.bytes(AUDITOR, route + "/log", "application/vnd.switchboard.log");
        var lines = new String(stored.body(), StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(entries);
        assertThat(Chain.hash(lines.getLast().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(sound.path("head").asText());

        var rows = TamperingIT.rows.ofLog(log);
        TamperingIT.rows.change(rows.get(2), flipped(rows.get(2), 60));

        var tampered = verdict(route);
        assertThat(tampered.path("valid").asBoolean(true)).as("%s", tampered).isFalse();
        assertThat(tampered.path("firstBad").asLong()).as("%s", tampered).isEqualTo(3);
    }

    private static JsonNode verdict(String route) throws Exception {
        return Json.read(
                caller.get(AUDITOR, route + "/verify", "application/json").body());
    }

    private static Arguments tampering(long number, String name, Tampering tampering) {
        return arguments(number, named(name, tampering));
    }

    /** Six messages of a new thread, so seven entries; returns the conversation. */
    private static String converse(String name) throws Exception {
        var thread = name + "-" + System.nanoTime();
        var conversation = "";
        for (int i = 0; i < MESSAGES; i++) {
            var response = caller.post(new Message(thread, "/chat/web", "m" + i, "Nummer " + i));
            assertThat(response.statusCode()).isEqualTo(201);
            conversation = Json.read(response.body()).path("conversation").asText();
        }
        return conversation;
    }

    private static byte[] flipped(Rows.Stored row, int index) {
        var bytes = row.bytes();
        bytes[index] ^= 1;
        return bytes;
    }

    /** Changes the time of {@code from} and names predecessors anew, as one without the chain's key must. */
    private static void relink(Rows rows, List<Rows.Stored> log, int from) {
        var changed =
                log.get(from).text().replaceFirst("\"at\":\"2", "\"at\":\"1").getBytes(StandardCharsets.UTF_8);
        rows.change(log.get(from), changed);
        for (int i = from + 1; i < log.size(); i++) {
            changed = linked(log.get(i), Chain.hash(changed), i + 1);
            rows.change(log.get(i), changed);
        }
    }

    private static void movedUp(Rows rows, List<Rows.Stored> log) {
        var before = log.get(2).bytes();
        for (int i = 3; i < log.size() - 1; i++) {
            before = linked(log.get(i + 1), Chain.hash(before), i + 1);
            rows.change(log.get(i), before);
        }
        rows.remove(log.getLast());
    }

    private static byte[] following(Rows.Stored last, Rows.Stored like) {
        return linked(like, Chain.hash(last.bytes()), last.seq() + 1);
    }

    private static byte[] linked(Rows.Stored row, String prev, long seq) {
        return row.text()
                .replaceFirst("\"prev\":\"[0-9a-f]{64}", "\"prev\":\"" + prev)
                .replaceFirst("\"seq\":[0-9]+", "\"seq\":" + seq)
                .getBytes(StandardCharsets.UTF_8);
    }
}
