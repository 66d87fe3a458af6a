package switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.audit.Verdict;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Look;
import switchboard.conversation.Conversation.Place;
import switchboard.edge.Edge;
import switchboard.edge.Posts;
import switchboard.edge.Scene;
import switchboard.log.Hash;
import switchboard.log.Head;

/** The access table, as it works on every route. */
class GateTest {

    @AutoClose
    private static final Edge edge = new Edge();

    /** Who gets through; everybody else is refused. agent-bo has nothing, agent-ana has the conversation. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("POST_EVENT", Set.of("gateway")),
            Map.entry("READ_STATE", Set.of("agent-ana", "supervisor", "auditor", "admin")),
            Map.entry("SEARCH", Set.of("agent-ana", "agent-bo", "supervisor", "auditor", "admin")),
            Map.entry("READ_HISTORY", Set.of("agent-ana", "supervisor", "auditor")),
            Map.entry("SEND_MESSAGE", Set.of("agent-ana", "agent-bo", "supervisor")),
            Map.entry("ADD_NOTE", Set.of("agent-ana", "agent-bo", "supervisor")),
            Map.entry("ASSIGN", Set.of("supervisor")),
            Map.entry("HOLD", Set.of("agent-ana", "agent-bo", "supervisor")),
            Map.entry("RESUME", Set.of("agent-ana", "agent-bo", "supervisor")),
            Map.entry("RESOLVE", Set.of("agent-ana", "agent-bo", "supervisor")),
            Map.entry("ESCALATE", Set.of("agent-ana", "agent-bo", "supervisor")),
            Map.entry("TRANSFER", Set.of("agent-ana", "agent-bo", "supervisor")),
            Map.entry("WRAP_UP", Set.of("agent-ana", "agent-bo")),
            Map.entry("EXPLAIN", Set.of("agent-ana", "supervisor", "auditor", "admin")),
            Map.entry("ACCEPT", Set.of("agent-ana", "agent-bo")),
            Map.entry("REJECT", Set.of("agent-ana", "agent-bo")),
            Map.entry("LIST_AGENTS", Set.of("supervisor", "admin")),
            Map.entry("READ_AGENT", Set.of("agent-ana", "supervisor", "admin")),
            Map.entry("PUT_AGENT", Set.of("agent-ana", "supervisor", "admin")),
            Map.entry("DELETE_AGENT", Set.of("admin")),
            Map.entry("SET_PRESENCE", Set.of("agent-ana", "supervisor")),
            Map.entry("LIST_QUEUES", Set.of("supervisor")),
            Map.entry("READ_QUEUE", Set.of("supervisor")),
            Map.entry("FOLLOW_QUEUE", Set.of("supervisor")),
            Map.entry("READ_PLAN", Set.of("supervisor", "admin")),
            Map.entry("PUT_PLAN", Set.of("admin")),
            Map.entry("LIST_ARTICLES", Set.of("agent-ana", "agent-bo", "supervisor", "auditor", "admin")),
            Map.entry("READ_ARTICLE", Set.of("agent-ana", "agent-bo", "supervisor", "auditor", "admin")),
            Map.entry("SEARCH_ARTICLES", Set.of("agent-ana", "agent-bo", "supervisor", "auditor", "admin")),
            Map.entry("IMPORT_ARTICLES", Set.of("admin")),
            Map.entry("PUT_ARTICLE", Set.of("admin")),
            Map.entry("REMOVE_ARTICLE", Set.of("admin")),
            Map.entry("FOLLOW_AGENT", Set.of("agent-ana")),
            Map.entry("CREATE_KEY", Set.of("admin")),
            Map.entry("LIST_KEYS", Set.of("admin")),
            Map.entry("REVOKE_KEY", Set.of("admin")),
            Map.entry("ISSUE_TICKET", Set.of("gateway", "agent-ana", "agent-bo", "supervisor", "auditor", "admin")),
            Map.entry("FETCH_OUTBOUND", Set.of("gateway")),
            Map.entry("MINT_TOKEN", Set.of("gateway")),
            Map.entry("LIST_READS", Set.of("auditor")),
            Map.entry("READ_METRICS", Set.of("admin")),
            Map.entry("VERIFY_AGENT", Set.of("auditor")),
            Map.entry("VERIFY_PLAN", Set.of("auditor")),
            Map.entry("VERIFY_KNOWLEDGE", Set.of("auditor")),
            Map.entry("VERIFY_MODELS", Set.of("auditor")),
            Map.entry("READ_PLAN_LOG", Set.of("auditor")),
            Map.entry("READ_KNOWLEDGE_LOG", Set.of("auditor")),
            Map.entry("READ_MODELS_LOG", Set.of("auditor")),
            Map.entry("LIST_MODELS", Set.of("supervisor", "auditor", "admin")),
            Map.entry("SERVE_MODEL", Set.of("admin")),
            Map.entry("VERIFY", Set.of("auditor")));

    @BeforeEach
    void fresh() {
        edge.asked.clear();
        edge.credentials.clear();
        edge.credentials.put(C, "local", "web");
        edge.verdict = new Verdict.Valid(1, new Head(1, Hash.parse("a".repeat(64))), 0);
        edge.answering(GateTest::answer);
        edge.log = (_, _, _) -> Source.single(Scene.assigned());
        edge.agents = (_, _) -> StatusReply.success(Scene.ana());
    }

    private static StatusReply<?> answer(Command command) {
        return command instanceof Look ? StatusReply.success(Scene.conversation()) : StatusReply.success(new Place(7));
    }

    record Cell(String caller, Action action) {}

    static Stream<Cell> table() {
        return Stream.of("gateway", "agent-ana", "agent-bo", "supervisor", "auditor", "admin")
                .flatMap(caller -> restricted().map(action -> new Cell(caller, action)));
    }

    static Stream<Action> restricted() {
        return Arrays.stream(Action.values()).filter(action -> action.asks() == Action.Asks.BY_ROLE);
    }

    static Stream<Action> versioned() {
        return restricted().filter(action -> action.template().startsWith("/v1/"));
    }

    static Stream<Action> open() {
        return Arrays.stream(Action.values()).filter(action -> action.asks() == Action.Asks.ANYBODY);
    }

    @ParameterizedTest
    @MethodSource("table")
    void who_may_do_what_is_as_the_table_says(Cell cell) throws Exception {
        var response = edge.ask(Edge.as(cell.caller() + ".local-only", Scene.request(cell.action())));

        var allowed = ALLOWED.getOrDefault(cell.action().name(), Set.of()).contains(cell.caller());
        if (allowed) {
            assertThat(response.status().isSuccess()).isTrue();
        } else {
            assertThat(edge.problem(response)).isIn("403 role_not_allowed", "403 not_owner");
        }
    }

    @ParameterizedTest
    @MethodSource("restricted")
    void nobody_does_anything_without_a_good_key(Action action) throws Exception {
        var request = Scene.request(action);

        var none = edge.ask(request);
        assertThat(none.getHeader("WWW-Authenticate").orElseThrow().value()).startsWith("Bearer");
        assertThat(edge.problem(none)).isEqualTo("401 credentials_missing");
        assertThat(edge.problem(edge.ask(Edge.as("gateway.wrong", request)))).isEqualTo("401 credentials_wrong");
        assertThat(edge.problem(edge.ask(Edge.as("gone.secret", request)))).isEqualTo("401 key_revoked");
        assertThat(edge.asked).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("open")
    void what_is_for_anybody_needs_no_key(Action action) throws Exception {
        assertThat(edge.ask(Scene.request(action)).status().intValue()).isEqualTo(200);
    }

    @Test
    void a_gateway_posts_only_for_its_channels() throws Exception {
        var sms = Posts.event(",\"source\":\"/sms/49170\"");
        var post = Edge.as("whatsapp-only.secret", HttpRequest.POST("/v1/events"));

        var other = edge.ask(Edge.with(post, "application/cloudevents+json", sms));
        assertThat(edge.problem(other)).isEqualTo("403 channel_not_allowed");
        assertThat(edge.asked).isEmpty();
        assertThat(edge.ask(Edge.with(post, "application/cloudevents+json", Posts.event("")))
                        .status()
                        .intValue())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @MethodSource("restricted")
    void another_tenants_key_reaches_another_entity(Action action) throws Exception {
        edge.ask(Edge.as("elsewhere.secret", Scene.request(action)));

        assertThat(edge.asked).allMatch(id -> id.startsWith("other:"));
    }

    @ParameterizedTest
    @MethodSource("versioned")
    void until_ready_all_of_version_1_is_503(Action action) throws Exception {
        edge.ready.set(false);
        var response = edge.ask(Edge.as("supervisor.local-only", Scene.request(action)));
        var ready = edge.ask(HttpRequest.GET("/ready"));
        var alive = edge.ask(HttpRequest.GET("/alive"));
        edge.ready.set(true);

        assertThat(response.getHeader("Retry-After")).isPresent();
        assertThat(edge.problem(response)).isEqualTo("503 not_ready");
        assertThat(edge.problem(ready)).isEqualTo("503 not_ready");
        assertThat(alive.status().intValue()).isEqualTo(200);
        assertThat(edge.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/events, 405 method_not_allowed, 'OPTIONS, POST'",
        "DELETE, /v1/conversations/caaaaaaaaaaaaaaaaaaaaaaaaaa, 405 method_not_allowed, 'GET, HEAD, OPTIONS'",
        "POST, /ready, 405 method_not_allowed, 'GET, HEAD, OPTIONS'",
        "GET, /, 404 no_such_route, ''",
        "GET, /v1, 404 no_such_route, ''",
        "GET, /v1/events/, 404 no_such_route, ''",
        "GET, /v1/conversations/x/y/z, 404 no_such_route, ''",
        "POST, /v1/conversations/caaaaaaaaaaaaaaaaaaaaaaaaaa/forward, 404 no_such_route, ''"
    })
    void what_is_not_served_says_what_is(String method, String path, String answer, String allow) throws Exception {
        var response = edge.ask(
                HttpRequest.create(path).withMethod(HttpMethods.lookup(method).orElseThrow()));

        assertThat(response.getHeader("Allow").map(h -> h.value()).orElse("")).isEqualTo(allow);
        assertThat(edge.problem(response)).isEqualTo(answer);
    }

    @Test
    void options_are_told() throws Exception {
        var response = edge.ask(HttpRequest.OPTIONS("/v1/events"));

        assertThat(response.status().intValue()).isEqualTo(204);
        assertThat(response.getHeader("Allow").orElseThrow().value()).isEqualTo("OPTIONS, POST");
    }

    @Test
    void every_restricted_action_is_in_the_expected_table() {
        assertThat(restricted().map(Enum::name)).containsExactlyInAnyOrderElementsOf(List.copyOf(ALLOWED.keySet()));
    }
}
