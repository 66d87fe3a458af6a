package switchboard.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import switchboard.SwitchboardProcess;
import switchboard.invariants.Json;
import switchboard.witness.Caller;
import switchboard.witness.ServerEvents;

/** An agent with her stream open, who does only what a test has her do. */
final class Colleague implements AutoCloseable {

    private static final String SUPERVISOR = "supervisor.local-only";

    private final String id;
    private final String key;
    private final Supplier<URI> address;
    private final Caller caller;
    private final HttpClient http = Caller.client();
    private final List<String> offers = new CopyOnWriteArrayList<>();
    private volatile InputStream body = InputStream.nullInputStream();
    private volatile boolean begun;

    /** Has a record: of that queue, with so many units for chats. */
    Colleague(String id, String queue, int chat, Supplier<URI> address) throws IOException, InterruptedException {
        this.id = id;
        this.key = "agent-" + id + ".local-only";
        this.address = address;
        this.caller = new Caller(address);
        var record = """
                {"name": "%s", "languages": ["de"], "queues": ["%s"], "capacity": {"voice": 0, "chat": %d}}""".formatted(id, queue, chat);
        expect(200, caller.put(SUPERVISOR, "/v1/agents/" + id, record));
    }

    String id() {
        return id;
    }

    /** Opens her stream and says that she is available. */
    Colleague comes() throws IOException, InterruptedException {
        begun = false;
        var answer = caller.stream(key, "/v1/agents/" + id + "/stream");
        if (answer.statusCode() != 200) {
            throw new AssertionError("the stream of " + id + ": " + answer.statusCode());
        }
        body = answer.body();
        Thread.ofVirtual().start(() -> read(answer.body()));
        SwitchboardProcess.await("the stream of " + id, () -> begun);
        expect(200, caller.put(key, "/v1/agents/" + id + "/presence", "{\"status\": \"available\"}"));
        return this;
    }

    /** Her browser is gone; she has said nothing. */
    void vanishes() throws IOException {
        body.close();
    }

    private void read(InputStream from) {
        try (from) {
            ServerEvents.read(from, event -> {
                begun = true;
                if (event.event().equals("reservation.created")) {
                    var data = Json.read(event.data()).at("/event/data");
                    if (data.path("agent").asText().equals(id)) {
                        offers.add(data.path("reservation").asText());
                    }
                }
                return true;
            });
        } catch (IOException | InterruptedException e) {
            begun = true;
        }
    }

    /** All reservations that she was offered, in the order in which she saw them; each once. */
    List<String> offers() {
        return offers.stream().distinct().toList();
    }

    /** The {@code number}-th offer, from 1; waits for it. */
    String offer(int number) {
        SwitchboardProcess.await("offer " + number + " to " + id, () -> offers().size() >= number);
        return offers().get(number - 1);
    }

    /** {@code accept} or {@code reject}. */
    HttpResponse<String> says(String word, String reservation) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.get().resolve("/v1/reservations/" + reservation + "/" + word))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    void takes(String reservation) throws IOException, InterruptedException {
        expect(200, says("accept", reservation));
    }

    HttpResponse<String> orders(String conversation, String order, String body)
            throws IOException, InterruptedException {
        return caller.order(key, conversation, order, body);
    }

    static void expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new AssertionError(answer.request() + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    @Override
    public void close() throws IOException {
        vanishes();
        http.close();
    }
}
