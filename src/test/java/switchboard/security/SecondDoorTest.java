package switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Following;
import switchboard.conversation.Conversation.View;
import switchboard.edge.Edge;
import switchboard.edge.Posts;
import switchboard.edge.Scene;
import switchboard.http.Gate.Caller;
import switchboard.journal.Journal;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.request.Fault;
import switchboard.wire.Refusal;

/**
 * The front door is guarded, a second one is not: how others of this field were broken into, tried here at every door. The
 * tests are named for the reports.
 */
class SecondDoorTest {

    private static final String PID = Conversation.persistenceId("local", C);
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final String EVENTS = "/v1/conversations/" + C + "/events";
    private static final List<String> SECRETS =
            List.of("anna-17", "sue-4", "he is rude", "Zorro", "wamid", "\"prev\"", "\"hash\"", "\"once\"", "vip");

    @AutoClose
    private static final Edge edge = new Edge();

    private final List<Entry> entries = new ArrayList<>();
    private Head head = Head.of(PID);

    @BeforeEach
    void a_conversation_with_things_that_are_not_the_customers_to_see() {
        edge.asked.clear();
        edge.readRows.clear();
        edge.credentials.clear();
        write("conversation.opened", Map.of("channel", "web"), "{\"customer\":{\"name\":\"Zorro\"}}");
        write("message.received", Map.of("once", "o"), "{\"id\":\"wamid.1\",\"text\":\"Where is it?\"}");
        write("agent.assigned", Map.of("agent", "anna-17", "epoch", 2, "by", "sue-4"), "");
        write("note.added", Map.of("author", "anna-17"), "{\"text\":\"he is rude\"}");
        write("message.sent", Map.of("author", "anna-17"), "{\"text\":\"On its way.\"}");
        write("conversation.resolved", Map.of("by", "anna-17", "code", "vip"), "");
        edge.log = (id, after, until) ->
                Source.from(entries).filter(e -> id.equals(PID) && e.seq() > after && e.seq() <= until);
        edge.rows =
                (id, after, until) -> edge.log.read(id, after, until).map(entry -> new Journal.Row(entry.seq(), entry));
        var by = edge.actors.spawn(Behaviors.<Command>ignore());
        edge.answering((id, command) -> switch (command) {
            case Command _ when !id.equals("local:" + C) -> Refusal.NOT_FOUND.reply();
            case Conversation.Follow _ -> StatusReply.success(new Following(view(), by));
            case Command _ -> StatusReply.success(view());
        });
    }

    private View view() {
        return new View(
                C,
                6,
                "web",
                "assigned",
                1,
                "anna-17",
                "",
                "",
                2,
                "",
                2,
                NOON,
                NOON,
                entries.getFirst()
                        .data(com.fasterxml.jackson.databind.JsonNode.class)
                        .path("sealed")
                        .asText(),
                1);
    }

    /** Assets were filtered for customers over REST and not over the WebSocket. Here: one view, whatever the door. */
    @ParameterizedTest
    @MethodSource("waysToRead")
    void zammad_cve_2022_40816_what_a_customer_may_not_see_he_sees_by_no_way(String way) throws Exception {
        var said = shown(token(C), way);

        assertThat(said).doesNotContain(SECRETS);
        if (!way.equals("application/vnd.switchboard.log") && !way.equals("application/json")) {
            assertThat(said).contains("Where is it?", "On its way.", "\"agent\"");
        }
    }

    /** A second, anonymous way to call a method skipped the check where there was no user. Here: nobody is refused first. */
    @ParameterizedTest
    @MethodSource("restricted")
    void rocket_chat_cve_2026_48929_who_is_nobody_may_do_nothing_at_any_door(Action action) throws Exception {
        var request = Scene.request(action);
        var events = request.addHeader(Edge.header("Accept", "text/event-stream"));
        var answers = new ArrayList<HttpResponse>();
        for (var empty :
                List.of("", "Bearer", "Bearer ", "Bearer null", "Bearer undefined.undefined", "Bearer .", "null")) {
            answers.add(edge.ask(request.addHeader(Edge.header("Authorization", empty))));
        }
        for (var query : List.of("ticket=", "ticket=null", "ticket", "access_token=supervisor.local-only", "token=x")) {
            answers.add(edge.ask(request.withUri(request.getUri().rawQueryString(query))));
            answers.add(edge.ask(events.withUri(request.getUri().rawQueryString(query))));
        }
        answers.add(edge.ask(request.addHeader(Edge.header("Cookie", "key=supervisor.local-only"))));
        answers.add(edge.ask(request.addHeader(Edge.header("X-Remote-User", "supervisor@local"))));

        for (var answer : answers) {
            assertThat(answer.status().intValue()).isEqualTo(401);
        }
        assertThat(edge.asked).isEmpty();
        assertThat(edge.readRows.lines()).isEmpty();
    }

    /** A parameter beside the guarded one named what was another account's. Here: nothing beside the path names anything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "?tenant=local",
                "?conversation=caaaaaaaaaaaaaaaaaaaaaaaaaa",
                "?agent=anna-17",
                "?account_id=local",
                "?role=auditor",
                "?id=caaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void chatwoot_cve_2026_115725_a_parameter_beside_the_path_opens_nothing(String query) throws Exception {
        for (var caller :
                List.of("agent-bo.local-only", "elsewhere.secret", "ana.secret", token("c" + "b".repeat(26)))) {
            for (var path : List.of("/v1/conversations/" + C, EVENTS)) {
                var answer = edge.ask(Edge.as(caller, HttpRequest.GET(path + query)));
                assertThat(answer.status().intValue()).isIn(400, 403, 404);
            }
        }
        assertThat(edge.readRows.lines()).isEmpty();
    }

    @Test
    void chatwoot_cve_2026_115725_a_field_that_names_another_tenant_or_role_is_no_field() throws Exception {
        for (var field : List.of("\"tenant\":\"other\"", "\"role\":\"admin\"", "\"conversation\":\"" + C + "\"")) {
            assertThat(edge.problem(post(
                            "admin.local-only", "/v1/keys", "{\"client\":\"a\",\"channels\":[\"sms\"]," + field + "}")))
                    .isEqualTo("400 unknown_field");
            assertThat(edge.problem(post(
                            "gateway.local-only",
                            "/v1/customer-tokens",
                            "{\"channel\":\"web\",\"thread\":\"v\"," + field + "}")))
                    .isEqualTo("400 unknown_field");
            assertThat(edge.problem(
                            post("agent-bo.local-only", "/v1/tickets", "{\"path\":\"" + EVENTS + "\"," + field + "}")))
                    .isEqualTo("400 unknown_field");
        }
    }

    @Test
    void a_gateway_mints_tokens_for_no_channel_but_its_own_and_none_for_another_tenant() throws Exception {
        var sms = post("whatsapp-only.secret", "/v1/customer-tokens", "{\"channel\":\"sms\",\"thread\":\"+49170\"}");
        assertThat(edge.problem(sms)).isEqualTo("403 channel_not_allowed");

        var far = edge.json(
                post("elsewhere-gateway.secret", "/v1/customer-tokens", "{\"channel\":\"web\",\"thread\":\"v\"}"));
        edge.ask(Edge.as(
                far.path("token").asText(),
                HttpRequest.GET("/v1/conversations/" + far.path("conversation").asText())));
        assertThat(edge.asked).isNotEmpty().allMatch(id -> id.startsWith("other:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cloudevents-batch+json", "application/x-ndjson"})
    void what_a_gateway_may_not_post_alone_it_may_not_post_among_many(String type) throws Exception {
        var sms = Posts.event(",\"source\":\"/sms/49170\"");
        var many = type.endsWith("ndjson") ? sms + "\n" : "[" + sms + "]";

        var answer = edge.text(
                edge.ask(Edge.as("whatsapp-only.secret", Edge.with(HttpRequest.POST("/v1/events"), type, many))));

        assertThat(new JsonMapper().readTree(answer).at("/problem/code").asText())
                .isEqualTo("channel_not_allowed");
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void the_page_of_who_looked_starts_at_another_conversations_read_and_shows_only_its_own() throws Exception {
        edge.ask(Edge.as("supervisor.local-only", HttpRequest.GET(EVENTS)));
        var here = edge.json(
                edge.ask(Edge.as("auditor.local-only", HttpRequest.GET("/v1/audit/conversations/" + C + "/reads"))));
        var id = here.at("/reads/0/id").asText();
        edge.answering(_ ->
                StatusReply.success(new View(C, 6, "web", "assigned", 1, "ana", "", "", 2, "", 2, NOON, NOON, "", 0)));

        var there = edge.json(edge.ask(Edge.as(
                "elsewhere-auditor.secret", HttpRequest.GET("/v1/audit/conversations/" + C + "/reads?before=" + id))));

        assertThat(there.path("reads")).isEmpty();
    }

    @Test
    void what_goes_on_for_long_is_told_when_the_credential_falls() throws Exception {
        edge.credentials.put("gw-one", "local", "web");
        var gateway = caller("gw-one.secret", Action.MINT_TOKEN);
        var customer = caller(
                edge.credentials
                        .tokens
                        .mint("local", "gw-one", C, Duration.ofMinutes(5))
                        .token(),
                Action.ISSUE_TICKET);
        var supervisor = caller("supervisor.local-only", Action.ISSUE_TICKET);

        assertThat(Stream.of(gateway, customer, supervisor).map(edge.gate::still))
                .allMatch(Optional::isEmpty);
        edge.credentials.now = NOON.plusSeconds(300);
        assertThat(edge.gate.still(customer)).contains(Fault.TOKEN_EXPIRED);
        edge.credentials.now = NOON;
        edge.credentials.issued.revoke("local", "gw-one").toCompletableFuture().join();
        assertThat(edge.gate.still(customer)).contains(Fault.KEY_REVOKED);
        assertThat(edge.gate.still(gateway)).contains(Fault.KEY_REVOKED);
        assertThat(edge.gate.still(supervisor)).isEmpty();
    }

    /** All of the contract's, and streams by ticket too. */
    static Stream<String> waysToRead() {
        var ways = Stream.concat(Stream.of("application/json"), AccessTable.documented(Action.READ_HISTORY));
        return ways.flatMap(
                way -> way.equals("text/event-stream") ? Stream.of(way, way + " by ticket") : Stream.of(way));
    }

    static Stream<Action> restricted() {
        return Arrays.stream(Action.values()).filter(action -> action.asks() == Action.Asks.BY_ROLE);
    }

    private static Caller caller(String credential, Action action) throws Exception {
        var seen = new ArrayList<Caller>();
        var route = edge.gate.on(action, (caller, _) -> {
            seen.add(caller);
            return Directives.complete("");
        });
        edge.ask(Edge.as(credential, Scene.request(action)), List.of(route));
        return seen.getFirst();
    }

    /** All that is said by that way: to the end of an answer, or of a stream up to the last number. */
    private String shown(String token, String way) throws Exception {
        if (way.equals("application/json")) {
            return edge.text(edge.ask(Edge.as(token, HttpRequest.GET("/v1/conversations/" + C))));
        }
        var path = way.startsWith("text/event-stream") ? EVENTS + "?until=6" : EVENTS;
        if (!way.endsWith(" by ticket")) {
            return edge.text(edge.ask(Edge.as(token, HttpRequest.GET(path).addHeader(Edge.header("Accept", way)))));
        }
        var ticket = edge.json(post(token, "/v1/tickets", "{\"path\":\"" + path + "\"}"))
                .path("ticket")
                .asText();
        return edge.text(edge.ask(
                HttpRequest.GET(path + "&ticket=" + ticket).addHeader(Edge.header("Accept", "text/event-stream"))));
    }

    private static String token(String conversation) {
        return edge.credentials
                .tokens
                .mint("local", "gateway", conversation, Duration.ofHours(1))
                .token();
    }

    private static HttpResponse post(String caller, String path, String body) throws Exception {
        return edge.ask(Edge.as(caller, Edge.with(HttpRequest.POST(path), "application/json", body)));
    }

    private void write(String type, Map<String, Object> data, String personal) {
        var all = new java.util.HashMap<>(data);
        if (!personal.isEmpty()) {
            all.put("sealed", edge.vault.key(1).seal(personal.getBytes(StandardCharsets.UTF_8), PID, head.seq() + 1));
        }
        var entry = new Pen(Edge.TENANT, 1).write(head, type, NOON, 1, all);
        entries.add(entry);
        head = Head.after(entry);
    }
}
