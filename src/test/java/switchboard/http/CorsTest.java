package switchboard.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.PathMatchers.separateOnSlashes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.server.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which web pages may ask, and read the answer. */
class CorsTest {

    private static final ActorTestKit actors = ActorTestKit.create();
    private static final AtomicBoolean ready = new AtomicBoolean(true);
    private static final Server server = started(new Cors(Set.of("https://desk.example", "http://localhost:5173")));
    private static final Server closed = started(Cors.NONE);
    private static final String GRANT = "Access-Control-Allow-Origin: https://desk.example\r\n";

    @AfterAll
    static void stop() {
        List.of(server, closed)
                .forEach(it ->
                        it.stop(Duration.ofSeconds(1)).toCompletableFuture().join());
        actors.shutdownTestKit();
    }

    @Test
    void a_page_of_ours_elsewhere_asks_and_reads_the_headers_that_it_needs() throws Exception {
        assertThat(ask(server, "GET", "/v1/thing", "Origin: https://desk.example"))
                .startsWith("HTTP/1.1 200")
                .contains(GRANT, "Vary: Origin\r\n")
                .contains("Expose-Headers: ETag, Location, Link, Retry-After, RateLimit, RateLimit-Policy\r\n")
                .doesNotContain("Access-Control-Allow-Credentials");
    }

    @Test
    void before_it_sends_what_a_form_could_not_it_is_told_that_it_may() throws Exception {
        assertThat(preflight("https://desk.example", "PUT"))
                .startsWith("HTTP/1.1 204")
                .contains(GRANT)
                .contains("Allow-Methods: GET, HEAD, POST, PUT, DELETE\r\n")
                .contains("Allow-Headers: Authorization, Content-Type, Idempotency-Key, If-Match, Last-Event-ID\r\n")
                .contains("Access-Control-Max-Age: 600\r\n")
                .contains("Vary: Origin\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://desk.example",
                "https://desk.example:8443",
                "https://desk.example.evil.example",
                "https://evildesk.example",
                "https://desk.example/",
                "https://sub.desk.example",
                "null",
                "*",
                "rubbish",
            })
    void the_page_of_a_stranger_is_refused_and_cannot_read_why(String origin) throws Exception {
        assertThat(ask(server, "GET", "/v1/thing", "Origin: " + origin))
                .startsWith("HTTP/1.1 403")
                .contains("\"code\":\"origin_not_allowed\"", "Vary: Origin\r\n")
                .doesNotContain("Access-Control");
        assertThat(preflight(origin, "POST")).startsWith("HTTP/1.1 403").doesNotContain("Access-Control");
    }

    @Test
    void two_origins_are_none() throws Exception {
        assertThat(ask(server, "GET", "/v1/thing", "Origin: https://desk.example", "Origin: http://localhost:5173"))
                .startsWith("HTTP/1.1 403")
                .doesNotContain("Access-Control");
    }

    @Test
    void our_own_pages_need_not_be_named() throws Exception {
        assertThat(ask(server, "GET", "/v1/thing", "Origin: http://a")).startsWith("HTTP/1.1 200");
        assertThat(ask(closed, "GET", "/v1/thing", "Origin: https://a")).startsWith("HTTP/1.1 200");
        assertThat(ask(closed, "GET", "/v1/thing", "Origin: http://b")).startsWith("HTTP/1.1 403");
        assertThat(ask(closed, "GET", "/v1/thing", "Origin: http://a:81")).startsWith("HTTP/1.1 403");
    }

    @Test
    void who_is_no_page_notices_nothing() throws Exception {
        assertThat(ask(server, "GET", "/v1/thing")).startsWith("HTTP/1.1 200").doesNotContain("Access-Control");
        assertThat(ask(closed, "GET", "/v1/thing")).startsWith("HTTP/1.1 200").doesNotContain("Vary");
    }

    @Test
    void its_page_reads_every_refusal() throws Exception {
        var origin = "Origin: https://desk.example";

        assertThat(ask(server, "GET", "/v1/nothing", origin))
                .startsWith("HTTP/1.1 404")
                .contains(GRANT);
        assertThat(ask(server, "POST", "/v1/thing", origin))
                .startsWith("HTTP/1.1 405")
                .contains(GRANT);
        assertThat(ask(server, "GET", "/v1/broken", origin))
                .startsWith("HTTP/1.1 500")
                .contains(GRANT);
        assertThat(ask(server, "GET", "/v1/never", origin))
                .startsWith("HTTP/1.1 503")
                .contains(GRANT);
        assertThat(ask(server, "OPTIONS", "/v1/thing", origin))
                .startsWith("HTTP/1.1 204")
                .contains(GRANT, "Allow: ");
    }

    @Test
    void its_page_is_told_that_we_are_not_ready() throws Exception {
        ready.set(false);
        try {
            assertThat(preflight("https://desk.example", "POST")).startsWith("HTTP/1.1 204");
            assertThat(ask(server, "GET", "/v1/thing", "Origin: https://desk.example"))
                    .startsWith("HTTP/1.1 503")
                    .contains(GRANT, "Retry-After: ");
        } finally {
            ready.set(true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "null", "desk.example", "https://desk.example/", "https://*.example", "HTTPS://a", ""})
    void what_is_no_origin_cannot_be_set(String origin) {
        assertThatThrownBy(() -> new Cors(Set.of(origin))).isInstanceOf(IllegalArgumentException.class);
    }

    private static String preflight(String origin, String method) throws Exception {
        return ask(server, "OPTIONS", "/v1/thing", "Origin: " + origin, "Access-Control-Request-Method: " + method);
    }

    private static String ask(Server server, String method, String path, String... headers) throws Exception {
        var head = "%s %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n".formatted(method, path);
        try (var client = Client.to(server, "127.0.0.1")) {
            return client.sends(head + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n")
                    .rest();
        }
    }

    private static Server started(Cors cors) {
        var limits = new Connections.Limits(64, 64, Duration.ofMinutes(1), Duration.ofMinutes(1));
        var settings = new Server.Settings("127.0.0.1", 0, false, cors, limits, Duration.ofMillis(300));
        return Server.start(actors.system(), settings, ready::get, List.of(routes()))
                .toCompletableFuture()
                .join();
    }

    private static Route routes() {
        return concat(
                path(separateOnSlashes("v1/thing"), () -> get(() -> complete("thing"))),
                path(
                        separateOnSlashes("v1/broken"),
                        () -> completeWithFuture(CompletableFuture.failedFuture(new IllegalStateException("broken")))),
                path(separateOnSlashes("v1/never"), () -> completeWithFuture(new CompletableFuture<>())));
    }
}
