package switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.contract.JudgedClient;
import switchboard.invariants.Json;
import switchboard.witness.Caller;

/** What becomes of open streams when the key behind them is revoked, on the whole program. */
class RevocationIT {

    private static final String END = "event: end\ndata: {\"code\":\"key_revoked\"}\n\n";
    private static final String ADMIN = "admin.local-only";
    private static final String SUPERVISOR = "supervisor.local-only";

    @TempDir
    private static Path data;

    private static final JudgedClient http = JudgedClient.create();
    private static final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private static SwitchboardProcess program;
    private int keys;

    @BeforeAll
    static void start() {
        program = SwitchboardProcess.ready(data, Map.of());
    }

    @AfterAll
    static void stop() {
        threads.shutdownNow();
        http.shutdownNow();
        program.close();
    }

    /** One stream, read by a thread of its own. */
    private static final class Reader implements AutoCloseable {

        private final Queue<String> shown = new ConcurrentLinkedQueue<>();
        private final Stream<String> lines;
        private final CompletableFuture<Void> over;

        Reader(HttpRequest.Builder request) throws IOException, InterruptedException {
            var response =
                    http.send(request.header("Accept", "text/event-stream").build(), BodyHandlers.ofLines());
            assertThat(response.statusCode()).isEqualTo(200);
            lines = response.body();
            over = CompletableFuture.runAsync(() -> lines.forEach(shown::add), threads);
        }

        void sees(String text) {
            SwitchboardProcess.await(text, () -> shown.stream().anyMatch(line -> line.contains(text)));
        }

        /** All that was shown, once it has ended. */
        String whole() {
            over.orTimeout(60, TimeUnit.SECONDS).join();
            return String.join("\n", shown) + "\n";
        }

        @Override
        public void close() {
            lines.close();
        }
    }

    @Test
    void the_gateways_stream_and_its_customers_end_and_nothing_said_afterwards_is_shown() throws Exception {
        var key = created(ADMIN, "/v1/keys", "{\"client\":\"shop\",\"channels\":[\"chat\"]}");
        var gateway = key.path("credential").asText();
        var conversation = opened(gateway, "visitor-1");
        var token = token(gateway, "visitor-1");
        var events = "/v1/conversations/" + conversation + "/events";
        var ticket = created(token, "/v1/tickets", "{\"path\":\"" + events + "\"}")
                .path("ticket")
                .asText();
        var outbound = "/v1/channels/chat/outbound";

        try (var delivery = new Reader(as(gateway, outbound));
                var customer = new Reader(as(token, events));
                var browser = new Reader(HttpRequest.newBuilder(program.uri(events + "?ticket=" + ticket)));
                var supervisor = new Reader(as(SUPERVISOR, events))) {
            var before = says(conversation, "before");
            for (var reader : List.of(delivery, customer, browser, supervisor)) {
                reader.sees("before");
            }
            accepted(gateway, "visitor-1", before);

            assertThat(http.send(
                                    as(ADMIN, "/v1/keys/" + key.path("id").asText())
                                            .DELETE()
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            says(conversation, "after");

            supervisor.sees("after");
            for (var ended : List.of(delivery, customer, browser)) {
                assertThat(ended.whole()).endsWith(END).doesNotContain("after");
            }
            for (var again : List.of(as(gateway, outbound), as(token, events))) {
                var refused =
                        http.send(again.header("Accept", "text/event-stream").build(), BodyHandlers.ofString());
                assertThat(refused.statusCode()).isEqualTo(401);
                assertThat(refused.body()).contains("key_revoked");
            }
        }
    }

    @Test
    void a_customer_whose_token_another_key_minted_is_shown_what_comes() throws Exception {
        var one = created(ADMIN, "/v1/keys", "{\"client\":\"two\",\"channels\":[\"chat\"]}");
        var other = created(ADMIN, "/v1/keys", "{\"client\":\"two\",\"channels\":[\"chat\"]}");
        var conversation = opened(one.path("credential").asText(), "visitor-2");
        var events = "/v1/conversations/" + conversation + "/events";

        try (var gone = new Reader(as(token(one.path("credential").asText(), "visitor-2"), events));
                var stays = new Reader(as(token(other.path("credential").asText(), "visitor-2"), events))) {
            http.send(as(ADMIN, "/v1/keys/" + one.path("id").asText()).DELETE().build(), BodyHandlers.discarding());
            says(conversation, "later");

            stays.sees("later");
            assertThat(gone.whole()).endsWith(END).doesNotContain("later");
        }
    }

    private static HttpRequest.Builder as(String who, String path) {
        return HttpRequest.newBuilder(program.uri(path)).header("Authorization", "Bearer " + who);
    }

    private static JsonNode created(String who, String path, String body) throws Exception {
        var request = as(who, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        var response = http.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return Json.read(response.body());
    }

    private static String token(String gateway, String thread) throws Exception {
        return created(gateway, "/v1/customer-tokens", "{\"channel\":\"chat\",\"thread\":\"" + thread + "\"}")
                .path("token")
                .asText();
    }

    /** A customer wrote, and Anna has it. */
    private String opened(String gateway, String thread) throws Exception {
        var response = event(gateway, thread, "message.received", Json.object().put("text", "Hello?"));
        var conversation = Json.read(response.body()).path("conversation").asText();
        new Caller(() -> program.uri("")).employ("anna");
        order(SUPERVISOR, conversation, "assign", "{\"agent\":\"anna\"}");
        return conversation;
    }

    private String says(String conversation, String text) throws Exception {
        return order("agent-anna.local-only", conversation, "messages", "{\"text\":\"" + text + "\"}")
                .path("id")
                .asText();
    }

    private void accepted(String gateway, String thread, String message) throws Exception {
        event(
                gateway,
                thread,
                "message.accepted",
                Json.object().put("ref", message).put("providerId", "p-1"));
    }

    private HttpResponse<String> event(String gateway, String thread, String type, JsonNode data) throws Exception {
        var event = Json.object()
                .put("specversion", "1.0")
                .put("type", type)
                .put("source", "/chat/site")
                .put("id", "e" + keys++)
                .put("subject", thread)
                .set("data", data);
        var request = as(gateway, "/v1/events")
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString(event.toString()));
        var response = http.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return response;
    }

    private JsonNode order(String who, String conversation, String order, String body) throws Exception {
        var request = as(who, "/v1/conversations/" + conversation + "/" + order)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k" + keys++)
                .POST(BodyPublishers.ofString(body));
        var response = http.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
        return Json.read(response.body());
    }
}
