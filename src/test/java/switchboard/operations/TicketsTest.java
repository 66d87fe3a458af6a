package switchboard.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import java.time.Instant;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.edge.Edge;
import switchboard.security.Action;

/** A ticket in the place of a credential, at a route that only says who came and what it saw of the query. */
class TicketsTest {

    @AutoClose
    private static final Edge edge = new Edge();

    private static final String PATH = "/v1/conversations/" + C + "/events?after=7";

    @BeforeEach
    void fresh() {
        edge.credentials.clear();
        edge.credentials.put("gw-one", "local", "web");
    }

    @Test
    void a_ticket_lets_its_caller_in_once() throws Exception {
        var ticket = ticket("supervisor.local-only", PATH);

        assertThat(edge.text(stream(PATH + "&ticket=" + ticket))).isEqualTo("local/supervisor@local after=7");
        assertThat(edge.problem(stream(PATH + "&ticket=" + ticket))).isEqualTo("401 ticket_used");
    }

    @Test
    void where_it_stands_in_the_query_does_not_matter_and_no_route_sees_it() throws Exception {
        var ticket = ticket("agent-ana.local-only", PATH);

        assertThat(edge.text(stream(PATH.replace("?", "?ticket=" + ticket + "&"))))
                .isEqualTo("local/ana after=7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/conversations/cbbbbbbbbbbbbbbbbbbbbbbbbbb/events?after=7",
                "/v1/conversations/caaaaaaaaaaaaaaaaaaaaaaaaaa/events?after=6",
                "/v1/conversations/caaaaaaaaaaaaaaaaaaaaaaaaaa/events?after=7&until=9",
                "/v1/conversations/caaaaaaaaaaaaaaaaaaaaaaaaaa/events?after=7&at=9",
                "/v1/conversations/caaaaaaaaaaaaaaaaaaaaaaaaaa/events?after=7&purpose=x",
                "/v1/conversations/caaaaaaaaaaaaaaaaaaaaaaaaaa/events?x=&after=7",
                "/v1/conversations/caaaaaaaaaaaaaaaaaaaaaaaaaa/events"
            })
    void a_ticket_for_another_address_is_no_ticket_and_stays_unused(String other) throws Exception {
        var ticket = ticket("supervisor.local-only", PATH);

        var wrong = stream(other + (other.contains("?") ? "&" : "?") + "ticket=" + ticket);
        assertThat(edge.problem(wrong)).isEqualTo("403 ticket_wrong_path");
        assertThat(stream(PATH + "&ticket=" + ticket).status().intValue()).isEqualTo(200);
    }

    @Test
    void a_ticket_is_good_for_a_minute() throws Exception {
        var ticket = ticket("supervisor.local-only", PATH);

        edge.credentials.now = edge.credentials.now.plusSeconds(60);

        assertThat(edge.problem(stream(PATH + "&ticket=" + ticket))).isEqualTo("401 ticket_expired");
    }

    @Test
    void what_we_never_signed_as_a_ticket_is_none() throws Exception {
        var ticket = ticket("supervisor.local-only", PATH);
        var parts = ticket.split("\\.", -1);
        var none = "eyJhbGciOiJub25lIn0";
        var token = edge.credentials
                .tokens
                .mint("local", "gateway", C, java.time.Duration.ofHours(1))
                .token();

        for (var forged : new String[] {
            "",
            "x",
            ticket + "x",
            parts[0] + "." + parts[1] + ".",
            none + "." + parts[1] + ".",
            none + "." + parts[1] + "." + parts[2],
            parts[0] + "." + parts[0] + "." + parts[2],
            "supervisor.local-only",
            token
        }) {
            assertThat(edge.problem(stream(PATH + "&ticket=" + forged))).isEqualTo("401 ticket_wrong");
        }
        assertThat(edge.credentials.used).isEmpty();
    }

    @Test
    void a_ticket_is_no_bearer_credential() throws Exception {
        var ticket = ticket("supervisor.local-only", PATH);

        var response = ask(Edge.as(ticket, HttpRequest.GET(PATH)));
        assertThat(edge.problem(response)).isEqualTo("401 credentials_wrong");
    }

    @Test
    void beside_a_credential_it_is_one_too_many_and_twice_too() throws Exception {
        var ticket = ticket("supervisor.local-only", PATH);

        var both = ask(Edge.as("agent-ana.local-only", events(PATH + "&ticket=" + ticket)));
        assertThat(edge.problem(both)).isEqualTo("400 bad_request");
        assertThat(edge.problem(stream(PATH + "&ticket=" + ticket + "&ticket=" + ticket)))
                .isEqualTo("400 invalid_parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/x-ndjson", "application/vnd.switchboard.log", "*/*"})
    void only_where_an_event_stream_is_asked_for_a_ticket_counts(String accept) throws Exception {
        var request = HttpRequest.GET(PATH + "&ticket=" + ticket("auditor.local-only", PATH));

        var response = ask(accept.isEmpty() ? request : request.addHeader(Edge.header("Accept", accept)));
        assertThat(edge.problem(response)).isEqualTo("401 credentials_missing");
    }

    @Test
    void a_ticket_falls_with_the_key_that_asked_for_it() throws Exception {
        var ticket = ticket("gw-one.secret", PATH);

        edge.credentials.issued.revoke("local", "gw-one").toCompletableFuture().join();

        assertThat(edge.problem(stream(PATH + "&ticket=" + ticket))).isEqualTo("401 key_revoked");
    }

    @Test
    void a_ticket_gives_no_more_than_its_caller_has() throws Exception {
        var gateway = ticket("gw-one.secret", PATH);

        assertThat(edge.problem(stream(PATH + "&ticket=" + gateway))).isEqualTo("403 role_not_allowed");
    }

    @Test
    void a_customers_ticket_ends_with_his_token_and_is_for_his_conversation() throws Exception {
        var minted = edge.credentials.tokens.mint("local", "gw-one", C, java.time.Duration.ofSeconds(30));
        var ticket = ticket(minted.token(), PATH);
        var other = PATH.replace("/caa", "/cbb");
        var others = ticket(minted.token(), other);

        assertThat(edge.problem(stream(other + "&ticket=" + others))).isEqualTo("404 not_found");
        edge.credentials.now = Instant.parse("2030-01-01T12:00:30Z");
        assertThat(edge.problem(stream(PATH + "&ticket=" + ticket))).isEqualTo("401 token_expired");
    }

    @Test
    void while_it_cannot_be_known_whether_it_was_used_nobody_gets_in() throws Exception {
        var ticket = ticket("supervisor.local-only", PATH);
        edge.credentials.away = true;

        assertThat(edge.problem(stream(PATH + "&ticket=" + ticket))).isEqualTo("503 unavailable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "/",
                "/v1/events",
                "/v1/conversations/caaaaaaaaaaaaaaaaaaaaaaaaaa",
                "/v1/conversations//events",
                "/v1/conversations/caaaaaaaaaaaaaaaaaaaaaaaaaa/events?ticket=x",
                "/v1/conversations/caaaaaaaaaaaaaaaaaaaaaaaaaa/events#x",
                "//elsewhere/v1/conversations/caaaaaaaaaaaaaaaaaaaaaaaaaa/events",
                "http://elsewhere/v1/conversations/caaaaaaaaaaaaaaaaaaaaaaaaaa/events",
                "/v1/conversations/caaaaaaaaaaaaaaaaaaaaaaaaaa/events?after=%zz"
            })
    void there_are_tickets_for_streams_only(String path) throws Exception {
        assertThat(edge.problem(order("supervisor.local-only", path))).isEqualTo("400 invalid_value");
    }

    private static Route routes() {
        return edge.gate.onConversation(
                Action.READ_HISTORY,
                (caller, _, request) -> Directives.complete(
                        caller.principal().tenant() + "/" + caller.principal().id() + " "
                                + request.getUri().rawQueryString().orElse("")));
    }

    private static String ticket(String caller, String path) throws Exception {
        return edge.json(order(caller, path)).path("ticket").asText();
    }

    private static HttpResponse order(String caller, String path) throws Exception {
        var body = "{\"path\":\"" + path + "\"}";
        return edge.ask(Edge.as(caller, Edge.with(HttpRequest.POST("/v1/tickets"), "application/json", body)));
    }

    private static HttpResponse stream(String path) throws Exception {
        return ask(events(path));
    }

    private static HttpRequest events(String path) {
        return HttpRequest.GET(path).addHeader(Edge.header("Accept", "text/event-stream"));
    }

    private static HttpResponse ask(HttpRequest request) throws Exception {
        return edge.ask(request, List.of(routes()));
    }
}
