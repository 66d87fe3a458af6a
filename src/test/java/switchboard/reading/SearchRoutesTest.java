package switchboard.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.conversation.Conversation;
import switchboard.edge.Edge;
import switchboard.insight.Listed;
import switchboard.insight.Place;
import switchboard.insight.Query;
import switchboard.insight.Search.Page;

class SearchRoutesTest {

    @AutoClose
    private static final Edge edge = new Edge();

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final Place PLACE = new Place(NOON, C);
    private final List<Query> asked = new ArrayList<>();
    private final List<Place> after = new ArrayList<>();

    @BeforeEach
    void one_page_of_several() {
        edge.readRows.clear();
        edge.readRows.away = false;
        edge.index = (query, place) -> {
            asked.add(query);
            after.add(place);
            return CompletableFuture.completedStage(new Page(List.of(row()), Optional.of(PLACE)));
        };
    }

    @Test
    void a_page_is_as_the_contract_says() throws Exception {
        var response = list("supervisor", "?status=resolved&limit=7");

        assertThat(edge.text(response)).isEqualTo("""
                {"conversations":[{"id":"%s","channel":"web","status":"resolved","episode":2,"seq":9,\
                "handler":{"kind":"bot","epoch":3},"customer":{"name":"Bo"},"language":"de",\
                "openedAt":"2030-01-01T12:00:00.000Z","updatedAt":"2030-01-01T12:00:05.000Z"}]}""".formatted(C));
        assertThat(response.getHeader("Cache-Control").orElseThrow().value()).isEqualTo("private, no-cache");
        assertThat(asked.getFirst().limit()).isEqualTo(7);
        assertThat(after.getFirst()).isEqualTo(Place.FIRST);
    }

    @Test
    void the_next_page_is_asked_for_with_the_same_filters_and_goes_on_from_there() throws Exception {
        var next = next(list("supervisor", "?status=resolved&customer=J%C3%BCrgen+%26+Co&limit=7"));

        var response = list("supervisor", next);

        assertThat(response.status().intValue()).isEqualTo(200);
        assertThat(after).containsExactly(Place.FIRST, PLACE);
        assertThat(asked.get(1).terms()).isEqualTo(asked.get(0).terms());
        assertThat(asked.get(1).limit()).isEqualTo(7);
    }

    @Test
    void a_last_page_has_no_next() throws Exception {
        edge.index = (_, _) -> CompletableFuture.completedStage(new Page(List.of(), Optional.empty()));

        var response = list("auditor", "");

        assertThat(response.getHeader("Link")).isEmpty();
        assertThat(edge.text(response)).isEqualTo("{\"conversations\":[]}");
    }

    @Test
    void a_cursor_is_good_for_its_filters_and_its_tenant_alone() throws Exception {
        var next = next(list("supervisor", "?status=resolved"));

        assertThat(edge.problem(list("supervisor", next.replace("resolved", "bot"))))
                .isEqualTo("400 invalid_cursor");
        assertThat(edge.problem(list("supervisor", next + "&channel=web"))).isEqualTo("400 invalid_cursor");
        assertThat(edge.problem(list("agent-ana", next))).isEqualTo("400 invalid_cursor");
        assertThat(list("auditor", next).status().intValue()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "AAAA", "%00", "../..", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void a_forged_cursor_is_refused(String cursor) throws Exception {
        assertThat(edge.problem(list("supervisor", "?cursor=" + cursor)))
                .isIn("400 invalid_cursor", "400 invalid_parameter");
        assertThat(asked).isEmpty();
    }

    @Test
    void filters_are_handed_on_and_a_customer_only_blindly() throws Exception {
        list("auditor", "?channel=web&agent=ana&customer=%2B49170&from=2030-01-01T00:00:00Z&to=2030-01-02T00:00:00Z");

        var query = asked.getFirst();
        assertThat(query.tenant()).isEqualTo("local");
        assertThat(query.channel()).isEqualTo("web");
        assertThat(query.terms()).hasSize(2).last().isEqualTo(Set.of("agent ana"));
        assertThat(query.terms().getFirst())
                .allMatch(term -> term.matches("customer [A-Za-z0-9_-]{22}"))
                .hasSizeBetween(1, 3);
        assertThat(query.from()).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(query.to()).isEqualTo("2030-01-02T00:00:00Z");
        assertThat(query.toString()).doesNotContain("49170");
    }

    @Test
    void an_agents_list_is_what_he_has() throws Exception {
        list("agent-ana", "");
        list("agent-ana", "?agent=ana");

        assertThat(asked).extracting(Query::terms).containsOnly(List.of(Set.of("owner ana")));
        assertThat(edge.problem(list("agent-ana", "?agent=bo"))).isEqualTo("403 not_owner");
    }

    @Test
    void an_admin_sees_no_customer_and_may_not_look_for_one() throws Exception {
        assertThat(edge.text(list("admin", ""))).contains(C).doesNotContain("Bo");
        assertThat(edge.problem(list("admin", "?customer=bo"))).isEqualTo("403 role_not_allowed");
        assertThat(edge.problem(list("gateway", ""))).isEqualTo("403 role_not_allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "status=open, invalid_parameter",
        "status=, invalid_parameter",
        "agent=Ana, invalid_parameter",
        "channel=9, invalid_parameter",
        "customer=, invalid_parameter",
        "customer=%20, invalid_parameter",
        "customer=a%0Ab, invalid_parameter",
        "from=yesterday, invalid_parameter",
        "to=2030-01-01, invalid_parameter",
        "limit=0, invalid_parameter",
        "limit=101, invalid_parameter",
        "status=bot&status=bot, invalid_parameter",
        "queue=billing, unknown_parameter",
        "intent=refund, unknown_parameter",
    })
    void what_is_not_understood_is_refused(String query, String code) throws Exception {
        assertThat(edge.problem(list("supervisor", "?" + query))).isEqualTo("400 " + code);
        assertThat(asked).isEmpty();
    }

    @Test
    void a_customers_name_of_over_256_bytes_is_refused() throws Exception {
        assertThat(edge.problem(list("supervisor", "?customer=" + "a".repeat(257))))
                .isEqualTo("400 invalid_parameter");
    }

    @Test
    void an_erased_customer_is_not_shown() throws Exception {
        var row = row();
        edge.index = (_, _) -> CompletableFuture.completedStage(new Page(List.of(row), Optional.empty()));
        edge.vault.erase("local", edge.vault.key(5).id());

        assertThat(edge.text(list("auditor", ""))).contains(C).doesNotContain("customer");
    }

    @Test
    void of_each_line_that_shows_a_customer_it_is_on_record_who_looked() throws Exception {
        list("auditor", "?purpose=complaint_12");
        list("agent-ana", "");
        list("admin", "");

        assertThat(edge.readRows.lines()).containsExactly("local auditor@local/auditor search 3-4 complaint_12");
    }

    @Test
    void what_cannot_be_recorded_is_not_listed() throws Exception {
        edge.readRows.away = true;

        assertThat(edge.problem(list("supervisor", ""))).isEqualTo("503 unavailable");
    }

    @Test
    void a_database_that_is_away_is_503() throws Exception {
        edge.index = (_, _) -> CompletableFuture.failedStage(new IllegalStateException("away"));

        assertThat(edge.problem(list("supervisor", ""))).isEqualTo("503 unavailable");
    }

    private static Listed row() {
        var sealed = edge.vault
                .key(5)
                .seal(
                        "{\"thread\":\"t\",\"customer\":{\"name\":\"Bo\"}}".getBytes(StandardCharsets.UTF_8),
                        Conversation.persistenceId("local", C),
                        4);
        return new Listed(
                PLACE,
                9,
                NOON.plusSeconds(5),
                "web",
                "resolved",
                "",
                3,
                "de",
                2,
                NOON.plusSeconds(5),
                sealed,
                4,
                Set.of());
    }

    private static HttpResponse list(String caller, String query) throws Exception {
        return edge.ask(Edge.as(caller + ".local-only", HttpRequest.GET("/v1/conversations" + query)));
    }

    /** The query of the next page. */
    private static String next(HttpResponse response) {
        var link = response.getHeader("Link").orElseThrow().value();
        assertThat(link).matches("</v1/conversations\\?[^>]*>; rel=\"?next\"?");
        return link.substring(link.indexOf('?'), link.indexOf('>'));
    }
}
