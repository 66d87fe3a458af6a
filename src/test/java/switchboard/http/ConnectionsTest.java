package switchboard.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.getFromResource;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.SwitchboardProcess.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Connections that want nothing, or too much, or for too long. */
class ConnectionsTest {

    static final Duration LONG = Duration.ofMinutes(2);
    static final Duration SHORT = Duration.ofMillis(400);
    static final Connections.Limits HASTY = new Connections.Limits(64, 64, LONG, SHORT);

    private static final Connections.Limits WIDE = new Connections.Limits(4_096, 2_560, LONG, LONG);

    private static ActorTestKit actors;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final CompletableFuture<HttpResponse> later = new CompletableFuture<>();
    private final CompletableFuture<Void> asked = new CompletableFuture<>();

    @BeforeAll
    static void startActors() {
        actors = ActorTestKit.create();
    }

    @AfterEach
    void close() throws Exception {
        for (var it : opened.reversed()) {
            it.close();
        }
    }

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void headers_that_drip_are_cut_off() throws Exception {
        var server = started(HASTY, LONG);

        var client = client(server);

        assertThat(client.drips("GET /quick HTTP/1.1\r\nHost: a\r\nX-Slow: " + "y".repeat(4_000)))
                .isEqualTo("closed");
        assertThat(server.connections().late()).isEqualTo(1);
    }

    @Test
    void who_asks_for_nothing_is_cut_off() throws Exception {
        var server = started(HASTY, LONG);

        assertThat(client(server).rest()).isEmpty();

        assertThat(server.connections().late()).isEqualTo(1);
    }

    @Test
    void who_asks_no_more_is_cut_off() throws Exception {
        var server = started(HASTY, LONG);

        var client = client(server).sends(get("quick"));

        assertThat(client.rest()).startsWith("HTTP/1.1 200").endsWith("quick");
        assertThat(server.connections().late()).isEqualTo(1);
    }

    @Test
    void the_length_of_a_file_is_known_and_its_last_byte_ends_the_turn() throws Exception {
        var server = started(HASTY, LONG);

        assertThat(client(server).sends(get("file")).rest()).contains("Content-Length: ");
        assertThat(client(server).sends(get("file").replace("GET", "HEAD")).rest())
                .contains("Content-Length: ")
                .endsWith("\r\n\r\n");

        assertThat(server.connections().late()).isEqualTo(2);
    }

    @Test
    void a_body_that_drips_after_its_refusal_is_cut_off() throws Exception {
        var server = started(HASTY, LONG);

        var client = client(server).sends("POST /refused HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n");

        assertThat(client.drips("x".repeat(4_000))).isEqualTo("closed");
    }

    @Test
    void an_answer_may_take_longer_than_a_request() throws Exception {
        var server = started(HASTY, LONG);

        var client = client(server).sends(get("later") + "GET /");

        assertThat(client.silentFor(SHORT.multipliedBy(3))).isTrue();
        later.complete(HttpResponse.create().withEntity("at last"));
        assertThat(client.rest()).contains("at last");
    }

    @Test
    void a_stream_with_a_heartbeat_outlives_every_deadline() throws Exception {
        var server = started(new Connections.Limits(64, 64, SHORT.multipliedBy(2), SHORT), SHORT);

        var client = client(server).sends(get("beats").replace("Host", "Connection: close\r\nHost"));

        assertThat(client.rest()).contains(": beat 1\n").contains(": beat 20\n");
    }

    @Test
    void requests_sent_ahead_are_answered_in_order() throws Exception {
        var server = started(WIDE, LONG);

        var client = client(server).sends(get("later") + get("quick") + get("file"));
        later.complete(HttpResponse.create().withEntity("at last"));

        var answers = client.until("openapi:");
        assertThat(answers.indexOf("at last")).isPositive().isLessThan(answers.indexOf("\r\n\r\nquick"));
    }

    @Test
    void many_idle_connects_keep_no_honest_client_out() throws Exception {
        var server = started(WIDE, LONG);
        for (int i = 0; i < crowd(); i++) {
            client(server);
        }
        await("all of them", () -> server.connections().open() == crowd());

        assertThat(client(server).sends(get("quick")).until("quick")).startsWith("HTTP/1.1 200");
        assertThat(server.connections().refused()).isZero();
    }

    @Test
    void one_source_has_so_many_connections_and_another_is_served() throws Exception {
        var server = started(new Connections.Limits(64, 3, LONG, LONG), LONG);
        var first = client(server).sends(get("quick"));
        first.until("quick");
        client(server).sends(get("quick")).until("quick");
        client(server).sends(get("quick")).until("quick");

        assertThat(client(server).rest()).isEmpty();
        assertThat(client(sockets(), server, "127.0.0.2").sends(get("quick")).until("quick"))
                .startsWith("HTTP/1.1 200");
        assertThat(server.connections().refused()).isEqualTo(1);

        first.close();
        await("its place", () -> server.connections().open() <= 3);
        assertThat(client(server).sends(get("quick")).until("quick")).startsWith("HTTP/1.1 200");
    }

    @Test
    void all_together_have_so_many_connections() throws Exception {
        var server = started(new Connections.Limits(2, 2, LONG, LONG), LONG);
        client(server).sends(get("quick")).until("quick");
        client(server).sends(get("quick")).until("quick");

        assertThat(client(sockets(), server, "127.0.0.2").rest()).isEmpty();

        assertThat(server.connections().refused()).isEqualTo(1);
        assertThat(server.connections().opened()).isEqualTo(2);
    }

    @Test
    void who_asked_for_the_end_counts_until_the_end() throws Exception {
        var server = started(WIDE, LONG);

        var client = client(server).sends(get("endless").replace("Host", "Connection: close\r\nHost"));
        client.until(": beat 3\n");

        assertThat(server.connections().open()).isEqualTo(1);
        client.close();
        await("its end", () -> server.connections().open() == 0);
    }

    @Test
    void a_stop_lets_an_answer_come_and_closes_who_waits_for_none() throws Exception {
        var server = started(WIDE, LONG);
        var idle = client(server).sends(get("quick"));
        idle.until("quick");
        var ends = client(server).sends(get("beats"));
        ends.until(": beat 1\n");
        var asking = client(server).sends(get("later"));
        await("its question", asked::isDone);

        // What a stop does after unbinding; from here on all of them know.
        var stopped = server.connections().end(LONG).toCompletableFuture();

        assertThat(idle.rest()).isEmpty();
        assertThat(stopped).isNotDone();
        later.complete(HttpResponse.create().withEntity("at last"));
        assertThat(asking.rest()).contains("Connection: close").endsWith("at last");
        assertThat(ends.rest()).contains(": beat 20\n");
        stopped.join();
        assertThat(server.connections().open()).isZero();
    }

    @Test
    void a_stop_cuts_what_does_not_end_in_time() throws Exception {
        var server = started(WIDE, LONG);
        var client = client(server).sends(get("endless"));
        client.until(": beat 1\n");

        server.stop(SHORT).toCompletableFuture().join();

        assertThat(client.rest()).doesNotEndWith("0\r\n\r\n");
        await("its end", () -> server.connections().open() == 0);
    }

    Client client(Server server) throws Exception {
        return client(sockets(), server, "127.0.0.1");
    }

    Client client(SocketFactory sockets, Server server, String from) throws Exception {
        var client = Client.of(sockets, server, from);
        opened.add(client);
        return client;
    }

    /** The server's end. */
    Optional<Supplier<SSLEngine>> tls() {
        return Optional.empty();
    }

    /** The clients' end. */
    SocketFactory sockets() {
        return SocketFactory.getDefault();
    }

    /** How many idle ones there are. */
    int crowd() {
        return 2_000;
    }

    static String get(String path) {
        return "GET /" + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    Server started(Connections.Limits limits, Duration patience) {
        var settings = new Server.Settings("127.0.0.1", 0, false, Cors.NONE, limits, patience, tls());
        var server = Server.start(actors.system(), settings, () -> true, List.of(routes()))
                .toCompletableFuture()
                .join();
        opened.add(() -> server.stop(SHORT).toCompletableFuture().join());
        return server;
    }

    private Route routes() {
        return concat(
                path("quick", () -> complete("quick")),
                path("file", () -> getFromResource("openapi.yaml")),
                path("later", () -> {
                    asked.complete(null);
                    return completeWithFuture(later);
                }),
                path("endless", () -> complete(beats(Integer.MAX_VALUE))),
                path("beats", () -> complete(beats(20))),
                path(
                        "refused",
                        () -> extractRequest(request -> {
                            request.discardEntityBytes(actors.system());
                            return complete(StatusCodes.FORBIDDEN, "refused");
                        })));
    }

    private static HttpResponse beats(int count) {
        var beats = Source.tick(Duration.ZERO, SHORT.dividedBy(4), "")
                .zipWithIndex()
                .take(count)
                .map(it -> ByteString.fromString(": beat " + ((long) it.second() + 1) + "\n", UTF_8));
        return HttpResponse.create().withEntity(HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, beats));
    }
}
