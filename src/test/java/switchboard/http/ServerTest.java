package switchboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.contract.Reading;
import switchboard.conversation.Conversation.Place;
import switchboard.edge.Edge;
import switchboard.edge.Posts;

/** What only shows on a real connection. */
class ServerTest {

    private static final Edge edge = new Edge(Duration.ofMillis(300));
    private static final Pattern REQUEST = Pattern.compile("([A-Z]+) (/[^ ?]*)(\\?[^ ]*)? HTTP/1.1\r\n");
    private static final Pattern TYPE = Pattern.compile("\r\nContent-Type: ([^\r]+)\r\n");
    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: ([0-9]+)\r\n");
    private static final String KEY = "Authorization: Bearer gateway.local-only\r\n";
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        server = started(0);
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop(Duration.ofSeconds(1)).toCompletableFuture().get(30, TimeUnit.SECONDS);
        edge.close();
    }

    @BeforeEach
    void fresh() {
        edge.asked.clear();
        edge.answering(_ -> StatusReply.success(new Place(7)));
    }

    private static Server started(int port) throws Exception {
        var limits = new Connections.Limits(64, 64, Duration.ofSeconds(30), Duration.ofSeconds(20));
        var settings = new Server.Settings("127.0.0.1", port, true, Cors.NONE, limits, Duration.ofSeconds(20));
        return Server.start(edge.actors.system(), settings, edge.ready::get, edge.routes())
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void an_event_is_posted_in_pieces() throws Exception {
        var event = Posts.event("");
        var chunks = "%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n"
                .formatted(10, event.substring(0, 10), event.length() - 10, event.substring(10));

        assertThat(status(post("Transfer-Encoding: chunked\r\n") + chunks)).isEqualTo("201");
    }

    @Test
    void a_gzipped_event_is_taken() throws Exception {
        assertThat(problem(
                        post("Content-Encoding: gzip\r\n"),
                        Posts.gzip(Posts.event("").getBytes(StandardCharsets.UTF_8))))
                .startsWith("201");
    }

    @Test
    void a_bomb_is_refused() throws Exception {
        assertThat(problem(post("Content-Encoding: gzip\r\n"), Posts.gzip(new byte[30_000_000])))
                .isEqualTo("413 event_too_large");
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void a_body_that_drips_is_given_up() throws Exception {
        assertThat(problem(post("Content-Length: 100\r\n") + "{\"specversion\":"))
                .isEqualTo("408 body_too_slow");
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void a_body_over_the_limit_is_refused_by_its_length_and_by_its_pieces() throws Exception {
        var piece = "10000\r\n" + "x".repeat(65_536) + "\r\n";

        assertThat(problem(post("Content-Length: 65537\r\n"))).isEqualTo("413 event_too_large");
        assertThat(problem(post("Transfer-Encoding: chunked\r\n") + piece + "1\r\nx\r\n0\r\n\r\n"))
                .isEqualTo("413 event_too_large");
        assertThat(edge.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rubbish-that-never-becomes-a-request|400 bad_request",
                "rubbish that is no request|501 unknown_method",
                "GET /alive HTTP/1.1|400 bad_request",
                "GET /alive?a=%zz HTTP/1.1 CRLF Host: localhost|400 bad_request",
                "GET /al ive HTTP/1.1 CRLF Host: localhost|400 bad_request",
                "BREW /alive HTTP/1.1 CRLF Host: localhost|501 unknown_method",
                "GET /alive HTTP/1.1 CRLF Host: localhost CRLF Content-Length: x|400 bad_request",
                "GET /LONG HTTP/1.1 CRLF Host: localhost|414 uri_too_long",
                "GET /alive HTTP/1.1 CRLF Host: localhost CRLF X-A: LONG|431 headers_too_large",
                "GET /alive HTTP/1.1 CRLF Host: localhost CRLF MANY: 1|400 bad_request",
            })
    void what_is_no_request_is_a_problem_too(String head, String answer) throws Exception {
        var text = head.replace(" CRLF ", "\r\n")
                .replace("LONG", "x".repeat(9_000))
                .replace("MANY: 1", "X-B: 1\r\n".repeat(70) + "X-C: 1");

        assertThat(problem(text + "\r\n\r\n")).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080"})
    void this_machine_is_known_by_its_names(String host) throws Exception {
        assertThat(status("GET /alive HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).isEqualTo("200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1"})
    void a_request_for_another_host_is_refused(String host) throws Exception {
        assertThat(problem("GET /alive HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).isEqualTo("421 host_not_local");
    }

    @Test
    void the_first_line_names_no_other_host_either() throws Exception {
        assertThat(problem("GET http://evil.example/alive HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
                .isEqualTo("421 host_not_local");
    }

    @Test
    void head_is_get_without_the_body() throws Exception {
        var answer =
                exchange("HEAD /openapi.yaml HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("Content-Type: application/yaml")
                .endsWith("\r\n\r\n");
    }

    @Test
    void the_server_does_not_say_what_it_is_made_of() throws Exception {
        assertThat(exchange("GET /alive HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8)))
                .doesNotContain("Server:")
                .doesNotContain("pekko");
    }

    @Test
    void a_refusal_leaves_the_connection_open_for_the_next_request() throws Exception {
        var refused = "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc";
        var next = "GET /alive HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

        var answers = exchange((refused + next).getBytes(StandardCharsets.UTF_8));

        assertThat(answers).startsWith("HTTP/1.1 401").contains("HTTP/1.1 200");
    }

    @Test
    void a_port_that_is_held_fails_the_start() {
        assertThatThrownBy(() -> started(server.address().getPort())).isInstanceOf(ExecutionException.class);
    }

    @Test
    void after_its_stop_nobody_listens() throws Exception {
        var other = started(0);
        var port = other.address().getPort();

        other.stop(Duration.ofSeconds(1)).toCompletableFuture().get(30, TimeUnit.SECONDS);

        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }

    private static String post(String header) {
        return "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/cloudevents+json\r\n" + KEY
                + header
                + "\r\n";
    }

    private static String problem(String head, byte[] body) throws Exception {
        var length = "Content-Length: " + body.length + "\r\n\r\n";
        var bytes = new ByteArrayOutputStream();
        bytes.write((head.substring(0, head.length() - 2) + length).getBytes(StandardCharsets.UTF_8));
        bytes.write(body);
        return problem(exchange(bytes.toByteArray()), "");
    }

    private static String problem(String request) throws Exception {
        return problem(exchange(request.getBytes(StandardCharsets.UTF_8)), "");
    }

    private static String problem(String answer, String none) {
        var code = answer.replaceFirst("(?s).*\"code\":\"([a-z0-9_]+)\".*", "$1");
        return answer.substring(9, 12) + (answer.contains("application/problem+json") ? " " + code : none);
    }

    private static String status(String request) throws Exception {
        return exchange(request.getBytes(StandardCharsets.UTF_8)).substring(9, 12);
    }

    /** Sends, and reads until the server has closed or all that was announced has come. */
    private static String exchange(byte[] request) throws Exception {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request);
            var answer = new ByteArrayOutputStream();
            var in = socket.getInputStream();
            var buffer = new byte[8_192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                answer.write(buffer, 0, n);
                if (isWhole(request, answer.toString(StandardCharsets.UTF_8))) {
                    break;
                }
            }
            judge(new String(request, StandardCharsets.ISO_8859_1), answer.toString(StandardCharsets.UTF_8));
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    /** The first answer, which the contract must allow; what never became a request was about nothing. */
    private static void judge(String request, String answer) {
        var asked = REQUEST.matcher(request);
        var about = asked.lookingAt();
        var end = answer.indexOf("\r\n\r\n");
        var type = TYPE.matcher(answer.substring(0, end + 2));
        var length = LENGTH.matcher(answer.substring(0, end + 2));
        var reading = new Reading(
                about ? asked.group(1) : "GET",
                about ? asked.group(2) : "/",
                Integer.parseInt(answer.substring(9, 12)),
                type.find() ? type.group(1) : "");
        var bytes = answer.substring(end + 4).getBytes(StandardCharsets.UTF_8);
        var whole = length.find() && !request.startsWith("HEAD") ? Integer.parseInt(length.group(1)) : bytes.length;
        reading.take(Arrays.copyOf(bytes, whole));
        reading.end();
    }

    private static boolean isWhole(byte[] request, String answer) {
        var sent = new String(request, StandardCharsets.ISO_8859_1);
        if (sent.contains("Connection: close")) {
            return false;
        }
        var end = answer.indexOf("\r\n\r\n");
        if (end < 0 || sent.startsWith("HEAD")) {
            return end >= 0;
        }
        var length = answer.replaceFirst("(?s).*Content-Length: ([0-9]+).*", "$1");
        return answer.substring(end + 4).getBytes(StandardCharsets.UTF_8).length >= Integer.parseInt(length);
    }
}
