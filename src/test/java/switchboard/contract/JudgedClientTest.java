package switchboard.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that does not see the difference is told of it. */
class JudgedClientTest {

    private static final String C = "c" + "a".repeat(26);

    private final JudgedClient client = JudgedClient.create();
    private HttpServer server;
    private volatile String type = "application/json";
    private volatile String body = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(body.getBytes(UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
        Violations.taken();
    }

    @Test
    void what_is_documented_is_passed_on_as_it_is() throws Exception {
        body = "{\"status\":\"alive\"}";

        assertThat(client.send(get("/alive"), BodyHandlers.ofString()).body()).isEqualTo(body);
    }

    @Test
    void what_is_not_documented_fails_the_call_and_stays_on_record() {
        body = "{\"status\":\"asleep\"}";

        assertThatThrownBy(() -> client.send(get("/alive"), BodyHandlers.ofString()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("asleep");
        assertThat(Violations.taken()).singleElement().asString().contains("GET /alive 200");
    }

    @Test
    void a_stream_is_read_on_and_its_class_of_tests_fails() throws Exception {
        type = "text/event-stream";
        body = "event: end\ndata: {}\n\n";

        try (var lines = client.sendAsync(get("/v1/conversations/" + C + "/events"), BodyHandlers.ofLines())
                .join()
                .body()) {
            assertThat(lines).containsExactly("event: end", "data: {}", "");
        }

        assertThatThrownBy(Violations::none).hasMessageContaining("required property 'code'");
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
                .build();
    }
}
