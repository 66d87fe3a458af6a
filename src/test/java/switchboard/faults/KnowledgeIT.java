package switchboard.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;
import switchboard.invariants.Json;
import switchboard.program.Program;
import switchboard.witness.Caller;

/** What a tenant knows, with the program killed in between: what was acknowledged is there once, and what is asked finds it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KnowledgeIT {

    private static final String ALL = "/v1/knowledge/articles";
    private static final String ADMIN = "admin.local-only";
    private static final String AGENT = "agent-ana.local-only";
    private static final int ARTICLES = 300;
    private static final int LOT = 10;

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
    void killed_in_the_middle_of_an_import_what_was_acknowledged_is_there_and_posted_again_no_version_is_doubled()
            throws Exception {
        var acknowledged = new ConcurrentHashMap<String, Long>();
        var importing = CompletableFuture.runAsync(() -> IntStream.range(0, ARTICLES / LOT)
                .forEach(lot -> acknowledged.putAll(versions(post(lines(lot * LOT, LOT))))));
        SwitchboardProcess.await("a third", () -> acknowledged.size() >= ARTICLES / 3);
        program.kill();
        assertThat(importing.handle((_, no) -> no != null).join())
                .as("killed before it was whole")
                .isTrue();
        program = Program.start(folder.resolve("data"));

        for (var one : acknowledged.entrySet()) {
            var article = get(ALL + "/" + one.getKey() + "?version=" + one.getValue());
            assertThat(article.at("/article/id").asText()).isEqualTo(one.getKey());
        }
        var again = versions(post(lines(0, ARTICLES)));

        assertThat(again).hasSize(ARTICLES).containsAllEntriesOf(acknowledged);
        assertThat(new HashSet<>(again.values())).hasSize(ARTICLES);
        assertThat(versions(post(lines(0, ARTICLES)))).isEqualTo(again);
        var verdict = Json.read(caller.get("auditor.local-only", "/v1/audit/knowledge/verify", "application/json")
                .body());
        assertThat(verdict.path("valid").asBoolean()).as("%s", verdict).isTrue();
        assertThat(verdict.path("entries").asInt()).isEqualTo(ARTICLES);
    }

    @Test
    @Order(2)
    void a_bad_article_in_a_bulk_leaves_the_others() {
        var answers = post(
                line("good-1", "One") + "not json\n{\"id\":\"bad\",\"language\":\"en\"}\n" + line("good-2", "Two"));

        assertThat(answers.stream().map(it -> it.path("status").asInt())).containsExactly(200, 400, 400, 200);
        assertThat(body("good-1") + body("good-2")).isEqualTo("OneTwo");
        assertThat(get(ALL + "/bad").path("code").asText()).isEqualTo("not_found");
    }

    @Test
    @Order(3)
    void who_searches_finds_what_was_put_and_what_it_says_now_and_no_more_what_was_removed() throws Exception {
        post(line("parrot", "Parrots are fed at noon."));
        SwitchboardProcess.await(
                "it is found", () -> found("when are parrots fed").contains("Parrots are fed at noon."));

        post(line("parrot", "Parrots are fed at dusk."));
        SwitchboardProcess.await(
                "it is found as it is now", () -> found("when are parrots fed").contains("Parrots are fed at dusk."));

        assertThat(caller.delete(ADMIN, ALL + "/parrot").statusCode()).isEqualTo(200);
        SwitchboardProcess.await(
                "it is gone", () -> !found("when are parrots fed").contains("Parrots"));
    }

    @Test
    @Order(4)
    void killed_and_started_again_the_same_question_finds_the_same() {
        var questions = List.of("what of article 7", "article 123 please", "Two");
        var before = questions.stream().map(KnowledgeIT::found).toList();
        program.kill();
        program = Program.start(folder.resolve("data"));

        SwitchboardProcess.await(
                "the index",
                () -> questions.stream().map(KnowledgeIT::found).toList().equals(before));
        assertThat(before.getFirst()).contains("Body 7.");
    }

    private static String lines(int from, int many) {
        return IntStream.range(from, from + many)
                .mapToObj(i -> line("a" + i, "Body " + i + "."))
                .collect(Collectors.joining());
    }

    private static String line(String id, String body) {
        return Json.object()
                        .put("id", id)
                        .put("language", "en")
                        .put("title", "About article " + id.replaceFirst("^a", ""))
                        .put("body", body)
                + "\n";
    }

    private static List<JsonNode> post(String lines) {
        try {
            var request = HttpRequest.newBuilder(program.address().resolve(ALL))
                    .header("Authorization", "Bearer " + ADMIN)
                    .header("Content-Type", "application/x-ndjson")
                    .POST(BodyPublishers.ofString(lines))
                    .build();
            var answer = CLIENT.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body().lines().map(Json::read).toList();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By id, of what is done. */
    private static Map<String, Long> versions(List<JsonNode> answers) {
        return answers.stream()
                .filter(it -> it.path("status").asInt() == 200)
                .collect(Collectors.toMap(
                        it -> it.path("id").asText(), it -> it.path("version").asLong()));
    }

    private static String body(String id) {
        return get(ALL + "/" + id).at("/article/body").asText();
    }

    /** The hits, or why there are none yet. */
    private static String found(String question) {
        return get("/v1/knowledge/search?language=en&q=" + URLEncoder.encode(question, StandardCharsets.UTF_8))
                .toString();
    }

    private static JsonNode get(String path) {
        try {
            return Json.read(caller.get(AGENT, path, "application/json").body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
