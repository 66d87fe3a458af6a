package switchboard.witness;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import switchboard.invariants.Json;

/** The program as its clients call it. The address may change between calls: a restarted program takes a free port. */
public final class Caller {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    // What an order's body calls its one value; elsewhere a text.
    private static final Map<String, String> FIELDS = Map.of("assign", "agent", "resolve", "code", "wrap-up", "code");
    // A word on a reservation, which is its own key.
    private static final Set<String> WORDS = Set.of("accept", "reject");

    private final Supplier<URI> address;
    private final Credentials credentials;
    private final HttpClient http;

    /** With the keys of local mode. */
    public Caller(Supplier<URI> address) {
        this(address, Credentials.LOCAL);
    }

    public Caller(Supplier<URI> address, Credentials credentials) {
        this(address, credentials, client());
    }

    /** Calling through {@code http}, which may look at what is answered. */
    public Caller(Supplier<URI> address, Credentials credentials, HttpClient http) {
        this.address = address;
        this.credentials = credentials;
        this.http = http;
    }

    /** What calls go through where nothing else is given. */
    public static HttpClient client() {
        return HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    public Credentials credentials() {
        return credentials;
    }

    /** Posts a message in structured mode. */
    public HttpResponse<String> post(Message message) throws IOException, InterruptedException {
        return send(structured(message));
    }

    /** Posts it and closes the connection about when it has arrived. */
    public void hangUp(Message message) {
        var answer = http.sendAsync(structured(message).build(), BodyHandlers.discarding());
        CompletableFuture.delayedExecutor(ThreadLocalRandom.current().nextLong(8), TimeUnit.MILLISECONDS)
                .execute(() -> answer.cancel(true));
    }

    /** Posts bodies of one media type that hold many events; the answers line by line as they come. */
    public HttpResponse<Stream<String>> postAll(String mediaType, String body)
            throws IOException, InterruptedException {
        return http.send(
                to("/v1/events", credentials.gateway())
                        .header("Content-Type", mediaType)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofLines());
    }

    /** A message as a CloudEvent. */
    public static String event(Message message) {
        var event = Json.object()
                .put("specversion", "1.0")
                .put("type", message.accepts().isEmpty() ? "message.received" : "message.accepted")
                .put("source", message.source())
                .put("id", message.id())
                .put("subject", message.thread());
        if (message.accepts().isEmpty()) {
            event.putObject("data").put("text", message.text());
        } else {
            event.putObject("data").put("ref", message.accepts()).put("providerId", message.text());
        }
        return event.toString();
    }

    private HttpRequest.Builder structured(Message message) {
        return to("/v1/events", credentials.gateway())
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString(event(message)));
    }

    /** Posts a message in binary mode: the same event in another envelope. */
    public HttpResponse<String> postBinary(Message message) throws IOException, InterruptedException {
        return send(to("/v1/events", credentials.gateway())
                .header("Content-Type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-type", "message.received")
                .header("ce-source", message.source())
                .header("ce-id", message.id())
                .header("ce-subject", message.thread())
                .POST(BodyPublishers.ofString(
                        Json.object().put("text", message.text()).toString())));
    }

    /** As {@link #employ(String)}, again and again while nothing settles it; {@code patience} is for that. */
    public void employ(String agent, Duration patience) throws IOException, InterruptedException {
        var backoff = new Backoff(patience);
        while (!settled(agent)) {
            backoff.pause();
        }
    }

    private boolean settled(String agent) throws InterruptedException {
        try {
            return employed(agent);
        } catch (IOException _) {
            return false; // nobody answers: that is what the patience is for, and its end says so
        }
    }

    /** Sees to it that there is that agent: if there is none, one who works for the general queue. */
    public void employ(String agent) throws IOException, InterruptedException {
        if (!employed(agent)) {
            throw new IOException("agent " + agent + " cannot be asked for now");
        }
    }

    /** False where the answer settles nothing; an {@link IllegalStateException} where it is a refusal. */
    private boolean employed(String agent) throws IOException, InterruptedException {
        var path = "/v1/agents/" + agent;
        var answer = get(credentials.supervisor(), path, "application/json");
        if (answer.statusCode() == 404) {
            var body = Json.object().put("name", "Agent " + agent);
            body.putArray("languages");
            body.putArray("skills");
            body.putArray("queues").add("general");
            body.putObject("capacity").put("voice", 0).put("chat", 100);
            answer = put(credentials.supervisor(), path, body.toString());
        }
        if (answer.statusCode() != 200 && !Backoff.again(answer.statusCode())) {
            throw new IllegalStateException("agent " + agent + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.statusCode() == 200;
    }

    /** An order with a key of its own: {@code assign}, {@code messages} … */
    public HttpResponse<String> order(String who, String conversation, String order, String body)
            throws IOException, InterruptedException {
        return order(who, conversation, order, UUID.randomUUID().toString(), body);
    }

    /** An order that can be given again: its word is the source, its key the id; an escalation's text is its whole body. */
    public HttpResponse<String> order(String who, String conversation, Message order)
            throws IOException, InterruptedException {
        if (WORDS.contains(order.source())) {
            return send(to("/v1/reservations/" + order.id() + "/" + order.source(), who)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}")));
        }
        var field = FIELDS.getOrDefault(order.source(), "text");
        var body = order.source().equals("escalate")
                ? order.text()
                : Json.object().put(field, order.text()).toString();
        return order(who, conversation, order.source(), order.id(), body);
    }

    private HttpResponse<String> order(String who, String conversation, String order, String key, String body)
            throws IOException, InterruptedException {
        return send(to("/v1/conversations/" + conversation + "/" + order, who)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> get(String who, String path, String accept) throws IOException, InterruptedException {
        return send(to(path, who).header("Accept", accept));
    }

    /** A whole, as JSON, in the place of what is there. */
    public HttpResponse<String> put(String who, String path, String body) throws IOException, InterruptedException {
        return send(to(path, who).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> delete(String who, String path) throws IOException, InterruptedException {
        return send(to(path, who).DELETE());
    }

    /** Server-sent events as they come; closing the body, by whatever thread, ends it. */
    public HttpResponse<InputStream> stream(String who, String path) throws IOException, InterruptedException {
        return http.send(events(who, path).build(), BodyHandlers.ofInputStream());
    }

    /** The same, of what came after {@code last}. */
    public HttpResponse<InputStream> resume(String who, String path, String last)
            throws IOException, InterruptedException {
        var request = events(who, path).header("Last-Event-ID", last);
        return http.send(request.build(), BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder events(String who, String path) {
        return to(path, who).header("Accept", "text/event-stream");
    }

    /** The bytes as they come. */
    public HttpResponse<byte[]> bytes(String who, String path, String accept) throws IOException, InterruptedException {
        return http.send(to(path, who).header("Accept", accept).build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String path, String who) {
        return HttpRequest.newBuilder(address.get().resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + who);
    }
}
