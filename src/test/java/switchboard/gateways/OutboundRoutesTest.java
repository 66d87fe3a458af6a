package switchboard.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.channel.Outbound;
import switchboard.channel.Outbound.Letter;
import switchboard.edge.Edge;
import switchboard.edge.Sse;
import switchboard.wire.Personal;

class OutboundRoutesTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    @AutoClose
    private static final Edge edge = new Edge();

    private final List<String> connected = new CopyOnWriteArrayList<>();

    @BeforeEach
    void nothing_waits() {
        told(Source.empty());
    }

    @Test
    void a_message_is_an_event_without_a_cursor() throws Exception {
        told(Source.single(new Letter(
                Edge.C, 7, "web", new Personal("visitor"), new Personal("a\n\"b\" \uD83D\uDE00"), NOON, "agent")));

        var response = fetch("gateway.local-only", "web", "");

        assertThat(response.entity().getContentType().toString()).startsWith("text/event-stream");
        assertThat(response.getHeader("Cache-Control").orElseThrow().value()).isEqualTo("no-store");
        assertThat(response.getHeader("X-Accel-Buffering").orElseThrow().value())
                .isEqualTo("no");
        assertThat(edge.text(response).replaceFirst("^retry: [0-9]+\n\n", "")).isEqualTo("""
                event: message.send
                data: {"id":"%s.7","conversation":"%s","seq":7,"channel":"web","thread":"visitor",\
                "text":"a\\n\\"b\\" \uD83D\uDE00","at":"2030-01-01T12:00:00.000Z","author":"agent"}

                """.formatted(Edge.C, Edge.C));
    }

    @Test
    void partitions_that_a_newer_connection_took_are_named() throws Exception {
        told(Source.single(new Outbound.Taken(Set.of(4, 3))));

        assertThat(edge.text(fetch("gateway.local-only", "web", "")))
                .endsWith("event: taken\ndata: {\"partitions\":[3,4]}\n\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
                "?partitions=3|3",
                "?partitions=0-7|0 1 2 3 4 5 6 7",
                "?partitions=0-3,8|0 1 2 3 8",
                "?partitions=15,0-1,1|0 1 15"
            })
    void partitions_are_numbers_and_ranges(String query, String leased) throws Exception {
        edge.text(fetch("gateway.local-only", "web", query));

        assertThat(connected).containsExactly("local web " + leased);
    }

    @ParameterizedTest
    @CsvSource({
        "?partitions=, invalid_parameter",
        "?partitions=16, invalid_parameter",
        "?partitions=0-16, invalid_parameter",
        "?partitions=7-0, invalid_parameter",
        "?partitions=-1, invalid_parameter",
        "?partitions=1-2-3, invalid_parameter",
        "'?partitions=1,', invalid_parameter",
        "'?partitions=1,,2', invalid_parameter",
        "?partitions=a, invalid_parameter",
        "?partitions=%D9%A3, invalid_parameter",
        "?partitions=1&partitions=2, invalid_parameter",
        "'?partitions=1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1', invalid_parameter",
        "?after=3, unknown_parameter"
    })
    void garbage_is_refused_and_takes_nobody_anything_away(String query, String code) throws Exception {
        assertThat(edge.problem(fetch("gateway.local-only", "web", query))).isEqualTo("400 " + code);
        assertThat(connected).isEmpty();
    }

    @Test
    void a_gateway_fetches_only_for_its_channels_and_its_tenant() throws Exception {
        assertThat(edge.problem(fetch("whatsapp-only.secret", "web", ""))).isEqualTo("403 channel_not_allowed");
        assertThat(connected).isEmpty();

        edge.text(fetch("whatsapp-only.secret", "whatsapp", "?partitions=1"));
        edge.text(fetch("elsewhere-gateway.secret", "whatsapp", "?partitions=1"));

        assertThat(connected).containsExactly("local whatsapp 1", "other whatsapp 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WEB", "1", "a%2Fb", "we:b"})
    void what_can_be_no_channel_is_not_there(String channel) throws Exception {
        assertThat(edge.problem(fetch("gateway.local-only", channel, ""))).isEqualTo("404 no_such_route");
    }

    @Test
    void there_is_only_an_event_stream() throws Exception {
        var request = HttpRequest.GET("/v1/channels/web/outbound").addHeader(Edge.header("Accept", "application/json"));

        assertThat(edge.problem(edge.ask(Edge.as("gateway.local-only", request))))
                .isEqualTo("406 not_acceptable");
    }

    @Test
    void a_database_that_is_away_ends_it_in_order() throws Exception {
        told(Source.failed(new IllegalStateException("away")));

        assertThat(edge.text(fetch("gateway.local-only", "web", ""))).startsWith("retry: ");
    }

    @Test
    void a_revoked_key_ends_it_and_says_so() throws Exception {
        told(Source.never());
        var admin = Edge.as("admin.local-only", HttpRequest.POST("/v1/keys"));
        var issued =
                edge.json(edge.ask(Edge.with(admin, "application/json", "{\"client\":\"g\",\"channels\":[\"web\"]}")));
        var key = issued.path("credential").asText();
        var response = fetch(key, "web", "");

        try (var gateway = new Sse(response, edge.actors.system())) {
            assertThat(gateway.next()).startsWith("retry: ");
            edge.ask(Edge.as(
                    "admin.local-only",
                    HttpRequest.DELETE("/v1/keys/" + issued.path("id").asText())));

            assertThat(gateway.next()).isEqualTo("event: end\ndata: {\"code\":\"key_revoked\"}");
            assertThat(gateway.next()).isEqualTo("over");
        }
    }

    private void told(Source<Outbound.Told, ?> told) {
        edge.exchange = (tenant, channel, partitions) -> {
            connected.add(tenant + " " + channel + " "
                    + new TreeSet<>(partitions).stream().map(String::valueOf).collect(Collectors.joining(" ")));
            return new Outbound.Line(
                    told.mapMaterializedValue(_ -> org.apache.pekko.NotUsed.getInstance()), _ -> Optional.empty());
        };
    }

    private static HttpResponse fetch(String key, String channel, String query) throws Exception {
        return edge.ask(Edge.as(key, HttpRequest.GET("/v1/channels/" + channel + "/outbound" + query)));
    }
}
