package switchboard.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import switchboard.contract.JudgedClient;
import switchboard.invariants.Json;
import switchboard.invariants.Outgoing.Said;

/** A gateway's connection for what it has to deliver, read event by event by one thread. */
final class Line implements AutoCloseable {

    /** An event of the stream; a comment or a time to come again is none. */
    record Event(String name, String data) {

        boolean isMessage() {
            return name.equals("message.send");
        }

        /** The message that it carries. */
        Said said() {
            var json = Json.read(data);
            return new Said(
                    json.path("id").asText(),
                    json.path("conversation").asText(),
                    json.path("seq").asLong(),
                    json.path("thread").asText(),
                    json.path("text").asText());
        }
    }

    private static final HttpClient HTTP = JudgedClient.create();
    private static final String KEY = "Bearer gateway.local-only";

    private final InputStream body;
    private final java.io.BufferedReader lines;

    private Line(InputStream body) {
        this.body = body;
        this.lines = new java.io.BufferedReader(new java.io.InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** Leases {@code partitions} of {@code channel}; an {@link IOException} when it is refused. */
    static Line connect(URI program, String channel, String partitions) throws IOException, InterruptedException {
        var uri = program.resolve("/v1/channels/" + channel + "/outbound?partitions=" + partitions);
        var request = HttpRequest.newBuilder(uri)
                .header("Authorization", KEY)
                .header("Accept", "text/event-stream")
                .timeout(Duration.ofSeconds(30))
                .build();
        var response = HTTP.send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            response.body().close();
            throw new IOException("refused: " + response.statusCode());
        }
        return new Line(response.body());
    }

    /** The next event; empty when it has ended, in order or not. */
    Optional<Event> next() {
        var name = "";
        try {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    return Optional.of(new Event(name, line.substring(6)));
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** The next message; empty when the line has ended. */
    Optional<Said> message() {
        var event = next();
        while (event.isPresent() && !event.get().isMessage()) {
            event = next();
        }
        return event.map(Event::said);
    }

    /** Posts a report of a message of ours: {@code message.accepted} … */
    static HttpResponse<String> report(URI program, String channel, String type, Said said, String id)
            throws IOException, InterruptedException {
        var event = Json.object()
                .put("specversion", "1.0")
                .put("type", type)
                .put("source", "/" + channel + "/gateway")
                .put("id", id)
                .put("subject", said.thread());
        var data = event.putObject("data").put("ref", said.id());
        if (type.equals("message.accepted")) {
            data.put("providerId", "p-" + said.id());
        }
        var request = HttpRequest.newBuilder(program.resolve("/v1/events"))
                .header("Authorization", KEY)
                .header("Content-Type", "application/cloudevents+json")
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString(event.toString()))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
