package switchboard.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;
import switchboard.custody.Attention;
import switchboard.invariants.Json;
import switchboard.program.Program;
import switchboard.program.Progress;
import switchboard.witness.Auditor;
import switchboard.witness.Caller;
import switchboard.witness.Message;

/** The program's own bot over HTTP: it helps, asks back or hands over, and is killed in the midst of it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BotIT {

    private static final Map<String, String> ON = with(SwitchboardProcess.BOT, "SWITCHBOARD_LOG_WAKES_EVERY", "1s");
    private static final String SUPERVISOR = "supervisor.local-only";
    private static final String ADMIN = "admin.local-only";
    private static final String STRIKE = "/v1/knowledge/articles/courier-strike";

    @TempDir
    private static Path folder;

    private static Program program;
    private static final Caller caller = new Caller(() -> program.address());
    private static final Auditor auditor = new Auditor(caller);

    @BeforeAll
    static void start() {
        program = Program.start(folder.resolve("data"), ON);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    @Order(1)
    void a_request_for_a_person_is_honoured_also_before_the_bot_has_learned_anything() throws Exception {
        var asked = says("v1", "1", "I want to talk to a human being, please");

        decided(asked, "hand_over");

        assertThat(types(asked))
                .containsExactly(
                        "conversation.opened",
                        "message.received",
                        "bot.decided",
                        "message.sent",
                        "conversation.escalated",
                        "queue.entered");
        assertThat(state(asked).path("status").asText()).isEqualTo("queued");
    }

    @Test
    @Order(2)
    void a_customer_is_helped_in_his_language_with_the_source_and_the_reason_on_record() throws Exception {
        var english = says("v2", "1", "Where is my parcel?");
        var german = says("v3", "1", "Wo ist mein Paket?");

        var decided = decided(english, "answer");
        decided(german, "answer");

        assertThat(decided.path("intent").asText()).isEqualTo("track-parcel");
        assertThat(decided.path("sources").path(0).asText()).startsWith("track-parcel-en");
        assertThat(said(english)).contains("software").contains("Track parcel");
        assertThat(said(german)).contains("Sendung verfolgen");
        var why = caller.get(SUPERVISOR, "/v1/conversations/" + english + "/why?seq=3", "application/json");
        assertThat(Json.read(why.body())
                        .path("data")
                        .path("versions")
                        .path("bot")
                        .asText())
                .hasSize(16);
    }

    @Test
    @Order(3)
    void who_is_not_understood_is_asked_and_the_second_time_gets_a_person() throws Exception {
        var lost = says("v4", "1", "Blorp wibble quux");
        decided(lost, "ask_back");

        says("v4", "2", "Zorp nibble flux");

        decided(lost, "hand_over");
        assertThat(state(lost).path("status").asText()).isEqualTo("queued");
    }

    @Tag("full")
    @Test
    @Order(4)
    void killed_while_it_answers_a_hundred_everybody_is_answered_once_after_the_restart() throws Exception {
        var lines = IntStream.range(0, 100)
                .mapToObj(i -> Caller.event(new Message(
                        "k" + i, "/chat/site", "1", i % 3 == 0 ? "A person please" : "How do I return my shoes?")))
                .collect(Collectors.joining("\n"));
        List<String> conversations;
        try (var answers = caller.postAll("application/x-ndjson", lines).body()) {
            conversations = answers.map(
                            line -> Json.read(line).path("conversation").asText())
                    .toList();
        }

        program.kill();
        program = Program.start(folder.resolve("data"), ON);

        SwitchboardProcess.await("all are answered", () -> unanswered(conversations) == 0);
        for (var conversation : conversations) {
            var verdict = Attention.judge(conversation, auditor.lines(conversation));
            assertThat(verdict.findings().violations()).isEmpty();
            assertThat(types(conversation)).containsOnlyOnce("bot.decided");
        }
    }

    @Test
    @Order(5)
    void its_model_and_figures_show() throws Exception {
        SwitchboardProcess.await("it has learned", () -> program.output().contains("bot of local: knows"));
        var figures = caller.get(ADMIN, "/metrics", "text/plain").body();
        assertThat(figures).contains("switchboard_bot_decided_total{action=\"answer\"}");
    }

    @Test
    @Order(6)
    void while_an_incident_is_open_who_asks_for_it_gets_a_person_and_afterwards_the_answer() throws Exception {
        var strike = Json.object()
                .put("language", "de")
                .put("title", "Die Kuriere streiken")
                .put("body", "Bis Freitag.")
                .put("intent", "track-parcel")
                .put("incident", true);
        assertThat(caller.put(ADMIN, STRIKE, strike.toString()).statusCode()).isEqualTo(200);
        SwitchboardProcess.await("it is known of", () -> program.output().contains("articles of version 1 after"));
        var late = says("v5", "1", "Where is my parcel?");

        var decided = decided(late, "hand_over");

        assertThat(decided.path("evidence").toString()).contains("\"incident\"", "\"courier-strike\"");
        assertThat(last(late, "conversation.escalated").path("reason").asText()).isEqualTo("incident");
        assertThat(state(late).path("status").asText()).isEqualTo("queued");

        assertThat(caller.delete(ADMIN, STRIKE).statusCode()).isEqualTo(200);
        SwitchboardProcess.await("it is over", () -> program.output().contains("articles of version 2 after"));
        decided(says("v6", "1", "Where is my parcel?"), "answer");
    }

    private static Map<String, String> with(Map<String, String> env, String name, String value) {
        var all = new HashMap<>(env);
        all.put(name, value);
        return all;
    }

    private static long unanswered(List<String> conversations) {
        return conversations.stream()
                .filter(it -> !types(it).contains("bot.decided"))
                .count();
    }

    private static String says(String thread, String id, String text) throws Exception {
        var answer = caller.post(new Message(thread, "/chat/site", id, text));
        assertThat(answer.statusCode()).isEqualTo(201);
        return Json.read(answer.body()).path("conversation").asText();
    }

    /** The latest decision once it is that action. */
    private static JsonNode decided(String conversation, String action) throws Exception {
        SwitchboardProcess.await(
                action,
                () -> last(conversation, "bot.decided").path("action").asText().equals(action));
        Progress.say(conversation + " " + action);
        return last(conversation, "bot.decided");
    }

    private static String said(String conversation) {
        return last(conversation, "message.sent").path("text").asText();
    }

    private static JsonNode last(String conversation, String type) {
        return lines(conversation).stream()
                .map(Json::read)
                .filter(line -> line.path("type").asText().equals(type))
                .map(line -> line.path("data"))
                .reduce(Json.object(), (_, next) -> next);
    }

    private static List<String> types(String conversation) {
        return lines(conversation).stream()
                .map(line -> Json.read(line).path("type").asText())
                .toList();
    }

    private static List<String> lines(String conversation) {
        try {
            return auditor.lines(conversation);
        } catch (IOException e) {
            return List.of(); // it is being started: asked again until the patience is over
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode state(String conversation) throws Exception {
        return Json.read(caller.get(SUPERVISOR, "/v1/conversations/" + conversation, "application/json")
                .body());
    }
}
