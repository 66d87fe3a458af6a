package switchboard.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
import switchboard.witness.Auditor;
import switchboard.witness.Caller;
import switchboard.witness.Message;

/** Which model serves, over HTTP, as decisions name it: chosen by an admin, whatever is taught meanwhile, and after a kill. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ModelsIT {

    private static final String ADMIN = "admin.local-only";
    private static final String ALL = "/v1/bot/models";
    private static final Map<String, List<String>> NEEDS = Map.of(
            "parcel", List.of("Where is my parcel?", "My parcel is late", "Track my parcel", "Has my parcel left?"),
            "refund", List.of("I want my money back", "Refund me please", "When do I get my refund?", "Pay me back"),
            "password", List.of("I forgot my password", "Reset my password", "My password is wrong", "New password"),
            "voucher", List.of("How do vouchers work?", "Redeem my voucher", "My voucher fails", "Buy a voucher"));

    @TempDir
    private static Path folder;

    private static Program program;
    private static Caller caller;
    private static String first = "";
    private static String second = "";
    private static int asked;

    @BeforeAll
    static void start() throws Exception {
        caller = JudgedClient.caller(() -> program.address());
        program = Program.start(folder.resolve("data"), Map.of("SWITCHBOARD_BOT", "on"));
        for (var need : List.of("parcel", "refund", "password")) {
            teach(need);
        }
        first = learned("3");
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    @Order(1)
    void a_decision_names_the_version_that_serves() throws Exception {
        var models = models();

        assertThat(models.path("choice").asInt(-1)).isZero();
        assertThat(models.path("serving").asText()).isEqualTo(first);
        assertThat(decided().path("bot").asText()).isEqualTo(first);
    }

    @Test
    @Order(2)
    void pinned_it_decides_also_when_something_new_is_taught() throws Exception {
        assertThat(choose(first).statusCode()).isEqualTo(200);
        teach("voucher");
        second = learned("4");
        assertThat(second).isNotEqualTo(first);
        assertThat(models().path("serving").asText()).isEqualTo(first);

        var versions = decided();

        assertThat(versions.path("bot").asText()).isEqualTo(first);
        assertThat(versions.path("knowledge").asText()).startsWith("4");
    }

    @Test
    @Order(3)
    void not_pinned_any_more_the_newest_decides_and_rolled_back_the_earlier_one() throws Exception {
        assertThat(Json.read(choose("latest").body()).path("serving").asText()).isEqualTo(second);
        assertThat(decided().path("bot").asText()).isEqualTo(second);

        assertThat(Json.read(choose(first).body()).path("choice").asInt()).isEqualTo(3);
        assertThat(decided().path("bot").asText()).isEqualTo(first);
    }

    @Test
    @Order(4)
    void killed_and_started_again_it_is_still_pinned() throws Exception {
        program.kill();
        program = Program.start(folder.resolve("data"), Map.of("SWITCHBOARD_BOT", "on"));
        SwitchboardProcess.await("what it had learned", () -> models().has("serving"));

        var models = models();
        assertThat(models.path("pinned").asText()).isEqualTo(first);
        assertThat(models.path("serving").asText()).isEqualTo(first);
        assertThat(models.findValuesAsText("version")).contains(first, second);
        assertThat(decided().path("bot").asText()).isEqualTo(first);
    }

    @Test
    @Order(5)
    void one_that_never_was_is_refused_and_the_log_of_choices_is_a_chain() throws Exception {
        assertThat(Json.read(choose("0123456789abcdef").body()).path("code").asText())
                .isEqualTo("no_such_model");

        var verdict = get("auditor.local-only", "/v1/audit/bot/models/verify");
        assertThat(verdict.path("valid").asBoolean()).as("%s", verdict).isTrue();
        assertThat(verdict.path("entries").asInt()).isEqualTo(3);
        assertThat(program.output()).contains("models of local: choice 3 by admin@local asks for " + first);
    }

    private static void teach(String need) throws Exception {
        var article = Json.object().put("language", "en").put("title", need).put("body", "All about a " + need + ".");
        NEEDS.getOrDefault(need, List.of()).forEach(article.putArray("phrasings")::add);
        assertThat(caller.put(ADMIN, "/v1/knowledge/articles/" + need, article.toString())
                        .statusCode())
                .isEqualTo(200);
    }

    /** What was learned from that version of what is known, once it is. */
    private static String learned(String knowledge) {
        SwitchboardProcess.await(
                "knowledge " + knowledge + " is learned",
                () -> newest().at("/lesson/knowledge").asText().equals(knowledge));
        return newest().path("version").asText();
    }

    private static JsonNode newest() {
        return models().path("models").path(0);
    }

    private static JsonNode models() {
        return get(ADMIN, ALL);
    }

    private static JsonNode get(String who, String path) {
        try {
            return Json.read(caller.get(who, path, "application/json").body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> choose(String version) throws Exception {
        return caller.put(ADMIN, ALL + "/serving", "{\"version\":\"" + version + "\"}");
    }

    /** By what versions a new customer's question is decided. */
    private static JsonNode decided() throws Exception {
        var posted = caller.post(new Message("v" + ++asked, "/chat/site", "1", "Where is my parcel?"));
        var conversation = Json.read(posted.body()).path("conversation").asText();
        SwitchboardProcess.await("a decision", () -> !decision(conversation).isEmpty());
        return decision(conversation).path("versions");
    }

    private static JsonNode decision(String conversation) {
        try {
            return new Auditor(caller)
                    .lines(conversation).stream()
                            .map(Json::read)
                            .filter(line -> line.path("type").asText().equals("bot.decided"))
                            .map(line -> line.path("data"))
                            .findFirst()
                            .orElseGet(Json::object);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
