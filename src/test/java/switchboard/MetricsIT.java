package switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.contract.JudgedClient;

/** What operators see of a running program. */
class MetricsIT {

    private static final Pattern OWN_PORT = Pattern.compile("metrics +(http://127\\.0\\.0\\.1:\\d+)");

    @TempDir
    Path data;

    private final HttpClient http = JudgedClient.create();

    @Test
    void what_was_accepted_refused_written_and_is_open_is_seen_on_both_ports() throws Exception {
        try (var program = SwitchboardProcess.ready(data, Map.of("SWITCHBOARD_METRICS_PORT", "0"))) {
            assertThat(post(program, "a", "Hello").statusCode()).isEqualTo(201);
            assertThat(post(program, "b", "Anybody?").statusCode()).isEqualTo(201);
            assertThat(post(program, "a", "Other").statusCode()).isEqualTo(422);

            var figures = ask(program.uri("/metrics"), "admin.local-only");
            var own = OWN_PORT.matcher(program.output());
            assertThat(own.find()).isTrue();
            var open = ask(URI.create(own.group(1) + "/metrics"), "");

            assertThat(figures.statusCode()).isEqualTo(200);
            assertThat(figures.headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4; charset=UTF-8");
            assertThat(open.statusCode()).isEqualTo(200);
            for (var text : Arrays.asList(figures.body(), open.body())) {
                assertThat(value(text, "switchboard_http_answer_seconds_count{action=\"POST_EVENT\"}"))
                        .isGreaterThanOrEqualTo(2);
                assertThat(value(text, "switchboard_http_refused_total{code=\"key_reused\"}"))
                        .isEqualTo(1);
                assertThat(value(text, "switchboard_journal_write_seconds_count"))
                        .isGreaterThanOrEqualTo(2);
                assertThat(value(text, "switchboard_acknowledgement_seconds_count"))
                        .isGreaterThanOrEqualTo(3);
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

    private HttpResponse<String> ask(URI uri, String key) throws Exception {
        var request = HttpRequest.newBuilder(uri);
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
