package switchboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import switchboard.contract.JudgedClient;
import switchboard.invariants.Json;
import switchboard.witness.Caller;
import switchboard.witness.Message;

/** What operators see of a running program: first of a few events, then also of many. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MetricsIT {

    private static final Pattern OWN_PORT = Pattern.compile("metrics +(http://127\\.0\\.0\\.1:\\d+)");

    private static final String ACCEPTED = "switchboard_events_accepted_total";
    private static final String SINGLE = ACCEPTED + "{way=\"single\"}";
    private static final String REFUSED = "switchboard_http_refused_total";
    private static final int GATEWAYS = 8;
    private static final int LINES = 300;
    private static final int THREADS = 10;
    private static final int STREAMS = 3;

    @TempDir
    private static Path data;

    private static SwitchboardProcess program;

    private final HttpClient http = JudgedClient.create();

    @BeforeAll
    static void start() {
        program = SwitchboardProcess.ready(data, Map.of("SWITCHBOARD_METRICS_PORT", "0"));
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    @Order(1)
    void what_was_accepted_refused_written_and_is_open_is_seen_on_both_ports() throws Exception {
        assertThat(post(program, "a", "Hello").statusCode()).isEqualTo(201);
        assertThat(post(program, "b", "Anybody?").statusCode()).isEqualTo(201);
        assertThat(post(program, "a", "Other").statusCode()).isEqualTo(422);

        var figures = ask(program.uri("/metrics"), "admin.local-only");
        var own = OWN_PORT.matcher(program.output());
        assertThat(own.find()).isTrue();
        var open = ask(URI.create(own.group(1) + "/metrics"), "");

        assertThat(figures.statusCode()).isEqualTo(200);
        assertThat(figures.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=UTF-8");
        assertThat(open.statusCode()).isEqualTo(200);
        for (var text : Arrays.asList(figures.body(), open.body())) {
            assertThat(value(text, "switchboard_http_answer_seconds_count{action=\"POST_EVENT\"}"))
                    .isGreaterThanOrEqualTo(2);
            assertThat(value(text, REFUSED + "{code=\"key_reused\"}")).isEqualTo(1);
            assertThat(value(text, SINGLE)).isEqualTo(2);
            assertThat(value(text, "switchboard_journal_write_seconds_count")).isGreaterThanOrEqualTo(2);
            assertThat(value(text, "switchboard_acknowledgement_seconds_count")).isGreaterThanOrEqualTo(3);
            assertThat(value(text, "switchboard_conversations_open")).isEqualTo(1);
            assertThat(value(text, "switchboard_http_connections_open")).isGreaterThanOrEqualTo(1);
            assertThat(value(text, "switchboard_ready")).isEqualTo(1);
            assertThat(value(text, "switchboard_journal_late_writes_total")).isZero();
            assertThat(text).doesNotContain("7654321", "Hello", "wamid");
        }
        assertThat(ask(program.uri("/metrics"), "supervisor.local-only").statusCode())
                .isEqualTo(403);
        assertThat(ask(program.uri("/metrics"), "").statusCode()).isEqualTo(401);
        assertThat(ask(URI.create(own.group(1) + "/v1/conversations"), "").statusCode())
                .isEqualTo(404);
    }

    @Test
    @Order(2)
    void under_load_each_event_and_each_refusal_is_counted_once_and_all_that_is_open_or_owed_is_seen()
            throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var own = OWN_PORT.matcher(program.output());
            assertThat(own.find()).isTrue();
            var metrics = URI.create(own.group(1) + "/metrics");
            var before = value(ask(metrics, "").body(), SINGLE);
            var conversation = waitsForDelivery(program);
            var streams = IntStream.range(0, STREAMS)
                    .mapToObj(_ -> follows(program, conversation))
                    .toList();

            var posting = IntStream.range(0, GATEWAYS)
                    .<Callable<String>>mapToObj(gateway -> () -> bulk(program, gateway))
                    .map(threads::submit)
                    .toList();
            var seen = 0.0;
            while (posting.stream().anyMatch(it -> !it.isDone())) {
                var now = value(ask(metrics, "").body(), ACCEPTED + "{way=\"bulk\"}");
                assertThat(now).isGreaterThanOrEqualTo(seen);
                seen = now;
            }
            for (var it : posting) {
                assertThat(it.get().lines()).hasSize(LINES + 3);
            }
            malformed(program);

            var text = ask(metrics, "").body();
            assertThat(value(text, ACCEPTED + "{way=\"bulk\"}")).isEqualTo(GATEWAYS * LINES);
            assertThat(value(text, SINGLE)).isEqualTo(before + 1);
            assertThat(value(text, REFUSED + "{code=\"missing_field\"}")).isEqualTo(2 * GATEWAYS);
            assertThat(value(text, REFUSED + "{code=\"broken_json\"}")).isEqualTo(GATEWAYS);
            assertThat(value(text, REFUSED + "{code=\"bad_request\"}")).isEqualTo(1);
            assertThat(value(text, "switchboard_acknowledgement_seconds_count")).isGreaterThan(GATEWAYS);
            assertThat(value(text, "switchboard_acknowledgement_seconds_bucket{le=\"+Inf\"}"))
                    .isGreaterThan(GATEWAYS);
            assertThat(value(text, "switchboard_journal_write_seconds_count")).isGreaterThanOrEqualTo(GATEWAYS);
            assertThat(value(text, "switchboard_journal_write_seconds_sum")).isPositive();
            assertThat(value(text, "switchboard_conversations_open")).isEqualTo(1 + GATEWAYS * THREADS);
            assertThat(value(text, "switchboard_streams_open")).isEqualTo(STREAMS);
            assertThat(value(text, "switchboard_owed_written_total")).isGreaterThanOrEqualTo(1 + GATEWAYS * THREADS);
            assertThat(value(text, "switchboard_owed_due")).isNotNegative();
            assertThat(value(text, "switchboard_followers_lag_seconds")).isNotNegative();
            SwitchboardProcess.await(
                    "the followers", () -> value(scraped(metrics), "switchboard_followers_behind") == 0);
            assertThat(value(scraped(metrics), "switchboard_followers_written_total"))
                    .isGreaterThanOrEqualTo(1 + GATEWAYS * THREADS);
            SwitchboardProcess.await(
                    "what is settled",
                    () -> value(scraped(metrics), "switchboard_owed_settled_total") >= GATEWAYS * THREADS);
            for (var stream : streams) {
                stream.close();
            }
            SwitchboardProcess.await("their ends", () -> value(scraped(metrics), "switchboard_streams_open") == 0);
        }
    }

    /** A conversation with a message that no gateway has accepted. */
    private String waitsForDelivery(SwitchboardProcess program) throws Exception {
        var conversation = Json.read(post(program, "first", "Hello").body())
                .path("conversation")
                .asText();
        var caller = JudgedClient.caller(() -> program.uri(""));
        caller.employ("anna");
        caller.order("supervisor.local-only", conversation, "assign", "{\"agent\":\"anna\"}");
        caller.order("agent-anna.local-only", conversation, "messages", "{\"text\":\"Hi\"}");
        return conversation;
    }

    private InputStream follows(SwitchboardProcess program, String conversation) {
        try {
            var path = "/v1/conversations/" + conversation + "/events";
            var answer = JudgedClient.caller(() -> program.uri("")).stream("supervisor.local-only", path);
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("no stream", e);
        }
    }

    /** So many good lines of so many threads, and three that are refused. */
    private String bulk(SwitchboardProcess program, int gateway) throws Exception {
        var lines = new StringBuilder("{\"id\":\"bad\"}\nno json\n{\"id\":\"worse\"}\n");
        for (int i = 0; i < LINES; i++) {
            var thread = gateway + "-" + i % THREADS;
            lines.append(Caller.event(new Message(thread, "/chat/site", "e" + i, "line " + i)))
                    .append('\n');
        }
        var request = HttpRequest.newBuilder(program.uri("/v1/events"))
                .header("Authorization", "Bearer gateway.local-only")
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines.toString()));
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }

    private static void malformed(SwitchboardProcess program) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), program.port())) {
            socket.getOutputStream().write("rubbish-that-never-becomes-a-request\r\n\r\n".getBytes(UTF_8));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
    }

    private String scraped(URI metrics) {
        try {
            return ask(metrics, "").body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("no figures", e);
        }
    }

    private static double value(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among\n" + text));
    }

    private HttpResponse<String> post(SwitchboardProcess program, String id, String text) throws Exception {
        var event = """
                {"specversion": "1.0", "type": "message.received", "source": "/whatsapp/491701234", "id": "%s",
                "subject": "+49 170 7654321", "data": {"text": "%s"}}""".formatted(id, text);
        var request = HttpRequest.newBuilder(program.uri("/v1/events"))
                .header("Authorization", "Bearer gateway.local-only")
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString(event));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> ask(URI uri, String key) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri);
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
