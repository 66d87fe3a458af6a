package switchboard.security;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.audit.Verdict;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Look;
import switchboard.conversation.Conversation.Outcome;
import switchboard.conversation.Conversation.Outcomes;
import switchboard.conversation.Conversation.Place;
import switchboard.conversation.Conversation.ReceiveAll;
import switchboard.edge.Edge;
import switchboard.edge.Posts;
import switchboard.edge.Scene;
import switchboard.log.Hash;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.wire.Refusal;

/**
 * Who may do what: every action, by every way that the contract names for it (what a body comes as, what an answer is
 * asked for as), for every role in every relation to the conversation, in its tenant and from another one. A way without a
 * row fails; a row waits for its way.
 */
class AccessMatrixTest {

    private static final String EVENTS = "text/event-stream";
    private static final String STRANGE = "c" + "b".repeat(26);
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    @AutoClose
    private static final Edge edge = new Edge();

    private static final Map<String, String> HERE = Map.of(
            "gateway", "gateway.local-only",
            "ana", "agent-ana.local-only",
            "bo", "agent-bo.local-only",
            "supervisor", "supervisor.local-only",
            "auditor", "auditor.local-only",
            "admin", "admin.local-only",
            "customer", token("local", "gateway", C),
            "stranger", token("local", "gateway", STRANGE));

    /** The same with another tenant's credentials; its agents are even called the same. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "gateway", "elsewhere-gateway.secret",
            "ana", "ana.secret",
            "bo", "bo.secret",
            "supervisor", "elsewhere.secret",
            "auditor", "elsewhere-auditor.secret",
            "admin", "elsewhere-admin.secret",
            "customer", token("other", "elsewhere-gateway", C),
            "stranger", token("other", "elsewhere-gateway", STRANGE));

    @BeforeEach
    void a_conversation_of_ana() {
        edge.asked.clear();
        edge.readRows.clear();
        edge.credentials.clear();
        edge.credentials.put(C, "local", "web");
        edge.log = (_, _, _) -> Source.single(Scene.assigned());
        edge.verdict = new Verdict.Valid(1, new Head(1, Hash.parse("a".repeat(64))), 0);
        edge.answering(AccessMatrixTest::answer);
        edge.agents = (entity, _) ->
                entity.startsWith("other:") ? Refusal.NOT_FOUND.reply() : StatusReply.success(Scene.ana());
    }

    private static StatusReply<?> answer(String entity, Command command) {
        if (entity.startsWith("other:") && !(command instanceof ReceiveAll) && !isEvent(command)) {
            return Refusal.NOT_FOUND.reply();
        }
        return switch (command) {
            case Look _ -> StatusReply.success(Scene.conversation());
            case ReceiveAll all ->
                StatusReply.success(new Outcomes(
                        all.events().stream().map(_ -> new Outcome(2, "")).toList()));
            default -> StatusReply.success(new Place(7));
        };
    }

    private static boolean isEvent(Command command) {
        return command instanceof switchboard.conversation.Conversation.Receive;
    }

    @ParameterizedTest
    @MethodSource("switchboard.security.AccessTable#cells")
    void in_its_own_tenant(AccessTable.Cell cell) throws Exception {
        expect(cell, edge.ask(Edge.as(requireNonNull(HERE.get(cell.who())), request(cell))));

        assertThat(edge.asked).allMatch(id -> id.startsWith("local:"));
        if (cell.expected().equals("role")) {
            assertThat(edge.asked).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("switchboard.security.AccessTable#cellsElsewhere")
    void from_another_tenant(AccessTable.Cell cell) throws Exception {
        expect(cell, edge.ask(Edge.as(requireNonNull(ELSEWHERE.get(cell.who())), request(cell))));

        assertThat(edge.asked).allMatch(id -> id.startsWith("other:"));
        assertThat(edge.readRows.lines()).allMatch(line -> line.startsWith("other "));
    }

    @ParameterizedTest
    @MethodSource("switchboard.security.AccessTable#cellsOfWhatTakesTickets")
    void with_a_ticket_the_same_as_with_the_credential(AccessTable.Cell cell) throws Exception {
        var path = request(cell).getUri().path();
        var body = "{\"path\":\"" + path + "\"}";
        var order = Edge.with(HttpRequest.POST("/v1/tickets"), "application/json", body);
        var ticket = edge.json(edge.ask(Edge.as(requireNonNull(HERE.get(cell.who())), order)))
                .path("ticket")
                .asText();

        expect(cell, edge.ask(HttpRequest.GET(path + "?ticket=" + ticket).addHeader(Edge.header("Accept", EVENTS))));
    }

    @ParameterizedTest
    @MethodSource("switchboard.security.AccessTable#cellsOfWhatHasAPast")
    void as_of_a_moment_the_same_as_of_now(AccessTable.Cell cell) throws Exception {
        var data = Map.of("by", "customer", "channel", "web", "rule", 1, "erased", true);
        var opened = new Pen(Edge.TENANT, 1).write(Head.of(""), "conversation.opened", NOON, 1, data);
        edge.log = (_, after, until) -> after < 1 && until > 0 ? Source.single(opened) : Source.empty();

        for (var moment : List.of("1", "7", "2030-01-01T12:00:00Z")) {
            var request = request(cell);
            var then = request.withUri(request.getUri() + "?at=" + moment);

            expect(cell, edge.ask(Edge.as(requireNonNull(HERE.get(cell.who())), then)));
            if (!cell.expected().equals("role")) {
                var there = edge.ask(Edge.as(requireNonNull(ELSEWHERE.get(cell.who())), then));
                assertThat(edge.problem(there)).isEqualTo("404 not_found");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("switchboard.security.AccessTable#ways")
    void nobody_by_any_way(AccessTable.Cell cell) throws Exception {
        assertThat(edge.problem(edge.ask(request(cell)))).isEqualTo("401 credentials_missing");
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void the_table_has_every_way_of_the_contract_and_no_other() throws Exception {
        var documented = Arrays.stream(Action.values())
                .filter(action -> action.asks() == Action.Asks.BY_ROLE)
                .flatMap(action -> AccessTable.documented(action).map(way -> action + " " + way))
                .collect(Collectors.toSet());

        assertThat(AccessTable.rows().map(row -> row[0] + " " + row[1]))
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    private void expect(AccessTable.Cell cell, HttpResponse response) throws Exception {
        switch (cell.expected()) {
            case "yes" -> {
                assertThat(response.status().isSuccess())
                        .as("%s", response.status())
                        .isTrue();
                if (cell.way().equals(EVENTS)) {
                    assertThat(response.entity().getContentType().toString()).startsWith(EVENTS);
                    // what it asks for it has asked for before it ends
                    response.entity()
                            .getDataBytes()
                            .watchTermination(Keep.right())
                            .to(Sink.cancelled())
                            .run(edge.actors.system())
                            .toCompletableFuture()
                            .join();
                } else {
                    assertThat(edge.text(response)).doesNotContain("\"problem\":");
                }
            }
            case "role" -> assertThat(edge.problem(response)).isEqualTo("403 role_not_allowed");
            case "owner" -> assertThat(edge.problem(response)).isEqualTo("403 not_owner");
            case "404" -> assertThat(edge.problem(response)).isIn("404 not_found", "404 no_such_key");
            default -> throw new AssertionError("no such expectation: " + cell.expected());
        }
    }

    /** What a body comes as where there is one, else what the answer is asked for as. */
    private static HttpRequest request(AccessTable.Cell cell) {
        var request = Scene.request(cell.action());
        if (cell.action() != Action.POST_EVENT) {
            return Set.of("POST", "PUT").contains(cell.action().method())
                    ? request
                    : request.addHeader(Edge.header("Accept", cell.way()));
        }
        var event = Posts.event("");
        return switch (cell.way()) {
            case "application/cloudevents-batch+json" -> Edge.with(request, cell.way(), "[" + event + "]");
            case "application/x-ndjson" -> Edge.with(request, cell.way(), event + "\n");
            case "application/json" ->
                Edge.with(request, cell.way(), "{\"text\":\"Hello?\"}")
                        .addHeader(Edge.header("ce-specversion", "1.0"))
                        .addHeader(Edge.header("ce-type", "message.received"))
                        .addHeader(Edge.header("ce-source", "/whatsapp/491701234"))
                        .addHeader(Edge.header("ce-id", "e-1"))
                        .addHeader(Edge.header("ce-subject", "%2B49 170 1234"));
            default -> request;
        };
    }

    private static String token(String tenant, String key, String conversation) {
        return edge.credentials
                .tokens
                .mint(tenant, key, conversation, Duration.ofHours(12))
                .token();
    }
}
