package switchboard.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.agent.Agent;
import switchboard.agent.Agent.Order;
import switchboard.agent.Agent.Presence;
import switchboard.agent.Agent.Routing;
import switchboard.agent.Agent.View;
import switchboard.agent.Profile;
import switchboard.agent.Profile.Capacity;
import switchboard.agent.Profile.Skill;
import switchboard.edge.Edge;
import switchboard.wire.Personal;
import switchboard.wire.Refusal;

class AgentRoutesTest {

    @AutoClose
    private static final Edge edge = new Edge();

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final String WHOLE = """
            {"name": "Ana Müller", "languages": ["de", "en-GB"], "queues": ["support"],
             "skills": [{"skill": "vip", "level": 5}, {"skill": "billing", "level": 3}],
             "capacity": {"voice": 100, "chat": 68}}""";
    private static final Profile PROFILE = new Profile(
            List.of("de", "en-GB"),
            List.of(new Skill("billing", 3), new Skill("vip", 5)),
            List.of("support"),
            new Capacity(100, 68));

    @BeforeEach
    void fresh() {
        edge.asked.clear();
        edge.toAgents.clear();
        edge.vault.away = false;
        edge.agents = (_, _) -> StatusReply.success(ana("ana"));
        edge.roster = (_, _, _) -> CompletableFuture.completedStage(List.of());
    }

    private static View ana(String id) {
        var key = edge.vault.key(1);
        var name = key.seal("{\"name\":\"Ana Müller\"}".getBytes(StandardCharsets.UTF_8), "Agent|local:" + id, 2);
        return new View(
                id, 7, Presence.AVAILABLE, Routing.WORKING, true, PROFILE, new Capacity(0, 34), NOON, NOON, name, 2);
    }

    @Test
    void an_agent_is_shown_with_her_name_and_her_number() throws Exception {
        var response = edge.ask(as("supervisor", HttpRequest.GET("/v1/agents/ana")));

        assertThat(response.getHeader("ETag").orElseThrow().value()).isEqualTo("\"7\"");
        assertThat(edge.json(response)).hasToString("""
                {"id":"ana","seq":7,"name":"Ana Müller","languages":["de","en-GB"],\
                "skills":[{"skill":"billing","level":3},{"skill":"vip","level":5}],"queues":["support"],\
                "capacity":{"voice":100,"chat":68},"load":{"voice":0,"chat":34},"presence":"available",\
                "routing":"working","offers":true,"updatedAt":"2030-01-01T12:00:00.000Z"}""");
        assertThat(edge.asked).containsExactly("local:ana");
    }

    @Test
    void a_name_that_was_erased_meanwhile_is_not_shown() throws Exception {
        var view = ana("ana");
        edge.vault.erase("local", edge.vault.key(1).id());
        edge.agents = (_, _) -> StatusReply.success(view);

        assertThat(edge.json(edge.ask(as("admin", HttpRequest.GET("/v1/agents/ana"))))
                        .path("name")
                        .asText())
                .isEmpty();
    }

    @Test
    void what_is_put_reaches_her_whole_and_in_one_order() throws Exception {
        var response = put("supervisor", "ana", WHOLE, "\"6\"");

        assertThat(response.status().intValue()).isEqualTo(200);
        var put = (Agent.Put) edge.toAgents.getFirst();
        assertThat(put)
                .isEqualTo(new Agent.Put(
                        new Order("supervisor@local", false, 6), new Personal("Ana Müller"), PROFILE, put.replyTo()));
    }

    @Test
    void one_who_puts_herself_is_known_as_that() throws Exception {
        put("agent-ana", "ana", WHOLE, "*");

        assertThat(((Agent.Put) edge.toAgents.getFirst()).order()).isEqualTo(new Order("ana", true, -1));
    }

    @Test
    void what_is_left_out_is_empty() throws Exception {
        put("admin", "ana", "{\"name\": \"Ana\", \"capacity\": {}}", "*");

        assertThat(((Agent.Put) edge.toAgents.getFirst()).profile())
                .isEqualTo(new Profile(List.of(), List.of(), List.of(), new Capacity(0, 0)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"capacity": {}}                                                            | missing_field /name
            {"name": "A"}                                                               | missing_field /capacity
            {"name": "", "capacity": {}}                                                | invalid_value /name
            {"name": "a\\nb", "capacity": {}}                                           | control_character /name
            {"name": "A", "capacity": {"mail": 1}}                                      | unknown_field /capacity/mail
            {"name": "A", "capacity": {"chat": -1}}                                     | invalid_value /capacity/chat
            {"name": "A", "capacity": {"voice": 10001}}                                 | invalid_value /capacity/voice
            {"name": "A", "capacity": {"voice": 1.5}}                                   | wrong_type /capacity/voice
            {"name": "A", "capacity": []}                                               | wrong_type /capacity
            {"name": "A", "capacity": {}, "skills": [{"skill": "x"}]}                   | missing_field /skills/0/level
            {"name": "A", "capacity": {}, "skills": [{"level": 1}]}                     | missing_field /skills/0/skill
            {"name": "A", "capacity": {}, "skills": [{"skill": "x", "level": 6}]}       | invalid_value /skills/0/level
            {"name": "A", "capacity": {}, "skills": [{"skill": "x", "level": 0}]}       | invalid_value /skills/0/level
            {"name": "A", "capacity": {}, "skills": [{"skill": "X", "level": 1}]}       | invalid_value /skills/0/skill
            {"name": "A", "capacity": {}, "skills": [{"skill": "x", "level": 1}, {"skill": "x", "level": 2}]} | invalid_value /skills
            {"name": "A", "capacity": {}, "skills": ["x"]}                              | wrong_type /skills/0
            {"name": "A", "capacity": {}, "languages": ["d"]}                           | invalid_value /languages
            {"name": "A", "capacity": {}, "languages": ["de", "de"]}                    | invalid_value /languages
            {"name": "A", "capacity": {}, "queues": "support"}                          | wrong_type /queues
            {"name": "A", "capacity": {}, "presence": "busy"}                           | unknown_field /presence
            """)
    void what_is_wrong_is_named_by_its_place(String body, String expected) throws Exception {
        var response = put("supervisor", "ana", body, "*");

        assertThat(response.status().intValue()).isEqualTo(400);
        var problem = edge.json(response);
        assertThat(problem.path("code").asText() + " "
                        + problem.path("errors").get(0).path("pointer").asText())
                .isEqualTo(expected);
        assertThat(edge.asked).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void presence_is_what_is_said(Presence presence) throws Exception {
        var response = say("agent-ana", "ana", "{\"status\": \"" + presence.word() + "\"}");

        assertThat(response.status().intValue()).isEqualTo(200);
        assertThat(((Agent.Say) edge.toAgents.getFirst()).presence()).isEqualTo(presence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"status\": \"ready\"}", "{\"status\": 1}", "{\"status\": \"busy\", \"why\": \"\"}"})
    void another_presence_is_refused(String body) throws Exception {
        assertThat(say("agent-ana", "ana", body).status().intValue()).isEqualTo(400);
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void one_who_is_deleted_is_told_with_the_number() throws Exception {
        var response = edge.ask(as("admin", HttpRequest.DELETE("/v1/agents/ana")));

        assertThat(response.status().intValue()).isEqualTo(200);
        assertThat(edge.text(response)).isEqualTo("{\"id\":\"ana\",\"seq\":7}");
        assertThat(edge.toAgents.getFirst()).isInstanceOf(Agent.Delete.class);
    }

    @Test
    void the_list_goes_on_where_its_link_says() throws Exception {
        edge.roster = (tenant, after, limit) -> {
            assertThat(tenant + " " + after + " " + limit).isEqualTo("local ana 2");
            return CompletableFuture.completedStage(List.of(ana("bo"), ana("cy")));
        };

        var response = edge.ask(as("supervisor", HttpRequest.GET("/v1/agents?after=ana&limit=2")));

        assertThat(response.getHeader("Link").orElseThrow().value())
                .isEqualTo("</v1/agents?limit=2&after=cy>; rel=\"next\"");
        assertThat(edge.json(response).path("agents").findValuesAsText("name"))
                .containsExactly("Ana Müller", "Ana Müller");
    }

    @Test
    void the_last_page_of_the_list_has_no_link() throws Exception {
        edge.roster = (_, _, _) -> CompletableFuture.completedStage(List.of(ana("bo")));

        assertThat(edge.ask(as("admin", HttpRequest.GET("/v1/agents"))).getHeader("Link"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "after=A", "page=2"})
    void a_list_of_another_kind_is_refused(String query) throws Exception {
        assertThat(edge.ask(as("supervisor", HttpRequest.GET("/v1/agents?" + query)))
                        .status()
                        .intValue())
                .isEqualTo(400);
    }

    @Test
    void lists_and_names_that_cannot_be_read_are_to_be_asked_for_again() throws Exception {
        edge.roster = (_, _, _) -> CompletableFuture.failedStage(new IllegalStateException("away"));
        assertThat(edge.problem(edge.ask(as("supervisor", HttpRequest.GET("/v1/agents")))))
                .isEqualTo("503 unavailable");

        edge.vault.away = true;
        assertThat(edge.problem(edge.ask(as("supervisor", HttpRequest.GET("/v1/agents/ana")))))
                .isEqualTo("503 unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ana", "a.b", "a%20b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void an_id_that_can_be_nobodys_is_as_unknown_as_any(String id) throws Exception {
        assertThat(edge.problem(edge.ask(as("supervisor", HttpRequest.GET("/v1/agents/" + id)))))
                .isEqualTo("404 not_found");
        assertThat(edge.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SUPERVISOR_ONLY, 403 supervisor_only",
        "PRECONDITION_FAILED, 412 precondition_failed",
        "NOT_FOUND, 404 not_found"
    })
    void what_she_refuses_has_its_status(Refusal why, String expected) throws Exception {
        edge.agents = (_, _) -> why.reply();

        assertThat(edge.problem(put("supervisor", "ana", WHOLE, "*"))).isEqualTo(expected);
    }

    private static HttpResponse put(String who, String id, String body, String ifMatch) throws Exception {
        var request = Edge.with(HttpRequest.PUT("/v1/agents/" + id), "application/json", body);
        return edge.ask(as(who, request).addHeader(Edge.header("If-Match", ifMatch)));
    }

    private static HttpResponse say(String who, String id, String body) throws Exception {
        return edge.ask(
                as(who, Edge.with(HttpRequest.PUT("/v1/agents/" + id + "/presence"), "application/json", body)));
    }

    private static HttpRequest as(String who, HttpRequest request) {
        return Edge.as(who + ".local-only", request);
    }
}
