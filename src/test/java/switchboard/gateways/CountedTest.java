package switchboard.gateways;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.conversation.Conversation.Place;
import switchboard.edge.Edge;
import switchboard.edge.Posts;
import switchboard.http.Connections;
import switchboard.http.Cors;
import switchboard.http.Server;
import switchboard.wire.Refusal;

/** What was taken and what was refused is told to those who count, whichever way it came and however early it failed. */
class CountedTest {

    @AutoClose
    private final Edge edge = new Edge();

    private final List<String> seen = new CopyOnWriteArrayList<>();

    @Test
    void a_single_event_that_was_taken() throws Exception {
        edge.answering(_ -> StatusReply.success(new Place(7)));

        edge.ask(Posts.structured(Posts.event("")));

        assertThat(edge.told).containsExactly("SINGLE ");
    }

    @Test
    void a_single_event_that_was_refused_is_an_answer_and_is_not_told_twice() throws Exception {
        edge.answering(_ -> Refusal.KEY_REUSED.reply());

        edge.ask(Posts.structured(Posts.event("")));
        edge.ask(Posts.structured("{}"));

        assertThat(edge.told).isEmpty();
    }

    @Test
    void each_line_of_many_by_its_refusal() throws Exception {
        edge.answering(BulkRoutesTest::stored);
        var taken = Posts.event("") + "\n";
        var missing = "{\"id\":\"bad\"}\n";
        var elsewhere = Posts.event(",\"source\":\"nowhere\"") + "\n";

        edge.text(edge.ask(bulk(BulkRoutesTest.NDJSON, taken + missing + "\n" + elsewhere + "rubbish\n" + taken)));
        edge.text(edge.ask(bulk(BulkRoutesTest.BATCH, "[" + taken + "," + missing + "]")));

        assertThat(edge.told)
                .containsExactlyInAnyOrder(
                        "BULK ",
                        "BULK missing_field",
                        "BULK source_not_a_channel",
                        "BULK broken_json",
                        "BULK ",
                        "BULK ",
                        "BULK missing_field");
    }

    @Test
    void a_body_that_breaks_off_is_refused_once_as_a_whole() throws Exception {
        edge.answering(BulkRoutesTest::stored);
        var line = ByteString.fromString(Posts.event("") + "\n");
        var body = Source.single(line).concat(Source.lazySource(() -> Source.failed(new IllegalStateException("cut"))));
        var type = ContentTypes.parse(BulkRoutesTest.NDJSON);

        var answer =
                edge.ask(Posts.gateway(HttpRequest.POST("/v1/events").withEntity(HttpEntities.create(type, body))));

        assertThat(edge.problem(answer)).isEqualTo("400 bad_request");
        assertThat(edge.told).containsExactly("BULK ");
    }

    @Test
    void lines_that_their_conversation_refused() throws Exception {
        edge.answering(_ -> Refusal.UNAVAILABLE.reply());

        edge.text(edge.ask(bulk(BulkRoutesTest.NDJSON, Posts.event("") + "\n")));

        assertThat(edge.told).containsExactly("BULK unavailable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rubbish-that-never-becomes-a-request|bad_request",
                "BREW /alive HTTP/1.1 CRLF Host: localhost|unknown_method",
                "GET /LONG HTTP/1.1 CRLF Host: localhost|uri_too_long",
                "GET /alive HTTP/1.1 CRLF Host: localhost CRLF X-A: LONG|headers_too_large",
            })
    void what_never_became_a_request(String head, String code) throws Exception {
        var server = started(Duration.ofSeconds(20), edge.routes());

        exchange(server, head.replace(" CRLF ", "\r\n").replace("LONG", "x".repeat(9_000)));
        stop(server);

        assertThat(seen).containsExactly(code);
    }

    @Test
    void what_was_given_up_before_it_was_answered() throws Exception {
        var server = started(Duration.ofMillis(100), List.of(never()));

        exchange(server, "GET /alive HTTP/1.1\r\nHost: localhost\r\nConnection: close");
        stop(server);

        assertThat(seen).containsExactly("unavailable");
    }

    @Test
    void a_server_that_has_stopped_is_told_nothing() throws Exception {
        stop(started(Duration.ofSeconds(20), edge.routes()));
        var other = Server.start(edge.actors.system(), settings(Duration.ofSeconds(20)), () -> true, edge.routes())
                .toCompletableFuture()
                .join();

        exchange(other, "rubbish-that-never-becomes-a-request");
        stop(other);

        assertThat(seen).isEmpty();
    }

    private static HttpRequest bulk(String type, String body) {
        return Posts.gateway(Edge.with(HttpRequest.POST("/v1/events"), type, body));
    }

    private static Route never() {
        return Directives.completeWithFuture(new CompletableFuture<HttpResponse>());
    }

    private static Server.Settings settings(Duration patience) {
        var limits = new Connections.Limits(64, 64, Duration.ofSeconds(30), Duration.ofSeconds(20));
        return new Server.Settings("127.0.0.1", 0, true, Cors.NONE, limits, patience);
    }

    private Server started(Duration patience, List<Route> routes) {
        return Server.start(edge.actors.system(), settings(patience), () -> true, routes, (_, code, _) -> {
                    if (!code.isEmpty()) {
                        seen.add(code);
                    }
                })
                .toCompletableFuture()
                .join();
    }

    private static void stop(Server server) {
        server.stop(Duration.ofSeconds(1)).toCompletableFuture().join();
    }

    /** Until the server has begun to answer: it has counted by then. */
    private static void exchange(Server server, String head) throws Exception {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((head + "\r\n\r\n").getBytes(UTF_8));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
    }
}
