package switchboard.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import switchboard.invariants.Chain;
import switchboard.invariants.Json;

/**
 * The contract in memory, with one flaw; streams are {@link ModelStreams}'. It drops one connection in twenty before it has done the work, and one in
 * twenty after it, as a program may that is killed and restarted.
 */
public final class ModelProgram implements AutoCloseable {

    public enum Flaw {
        NONE,
        FORGETS_ONE_IN_FIFTY,
        SWAPS_NEIGHBOURS,
        STORES_REPEATS_AGAIN,
        NUMBERS_REPEATS_ANEW,
        TAKES_FORGERIES,
        LOSES_EMOJI,
        SKIPS_WHEN_RESUMED,
        STALLS_WHEN_RESUMED,
        SWALLOWS_REPLIES,
        REFUSES_REPLIES
    }

    /** What somebody wants to be kept, under his identity or key. */
    private record Said(String type, String source, String id, String text, String ref) {}

    private record Stored(Said said, String line, ObjectNode answer) {}

    private static final Map<String, String> ORDERS =
            Map.of("messages", "message.sent", "assign", "agent.assigned", "resolve", "conversation.resolved");

    private final Flaw flaw;
    private final Random random = new Random(7);
    private final Map<String, List<Stored>> threads = new TreeMap<>();
    private final ModelStreams streams = new ModelStreams(this);
    private final HttpServer server;
    private long changes;
    private boolean closed;

    public ModelProgram(Flaw flaw) throws IOException {
        this.flaw = flaw;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/events", this::take);
        server.createContext("/v1/conversations/", this::converse);
        server.createContext("/v1/agents/", http -> answer(http, 200, "{}"));
        server.createContext("/v1/channels/", streams::outbound);
        server.createContext("/v1/audit/conversations/", this::verify);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Flaw flaw() {
        return flaw;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        server.stop(0);
    }

    /** Returns once more has happened than {@code seen}, and how much; a connection that is to be dropped is an {@link IOException}. */
    synchronized long awaitMore(long seen) throws IOException {
        try {
            while (changes == seen && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (closed || random.nextInt(100) == 0) {
            throw new IOException("dropped");
        }
        return changes;
    }

    /** The histories' lines, by conversation. */
    synchronized Map<String, List<String>> histories() {
        var all = new TreeMap<String, List<String>>();
        threads.forEach((thread, stored) ->
                all.put("c" + thread, stored.stream().map(ModelProgram::line).toList()));
        return all;
    }

    /** Of one conversation. */
    synchronized List<String> history(String conversation) {
        return threads.getOrDefault(conversation.substring(1), List.of()).stream()
                .map(ModelProgram::line)
                .toList();
    }

    private synchronized void take(HttpExchange http) throws IOException {
        var content = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (random.nextInt(20) == 0) {
            http.close();
        } else if (http.getRequestHeaders().getFirst("Content-Type").equals("application/x-ndjson")) {
            takeAll(http, content);
        } else {
            var told = event(http, Json.read(content));
            answer(http, told.path("status").asInt(), told.path("body").toString());
        }
    }

    /** Line by line; once in a while only half of it. */
    private void takeAll(HttpExchange http, String content) throws IOException {
        var answers = new StringBuilder();
        var index = 0;
        for (var line : content.lines().toList()) {
            var told = event(http, Json.read(line));
            var answer = Json.object()
                    .put("index", index++)
                    .put("id", Json.read(line).path("id").asText());
            answer.put("status", told.path("status").asInt());
            if (told.path("status").asInt() == 201) {
                answer.setAll((ObjectNode) told.path("body"));
            } else {
                answer.set("problem", told.path("body"));
            }
            answers.append(random.nextInt(50) == 0 ? "" : answer + "\n");
        }
        answer(http, 200, answers.toString());
    }

    private JsonNode event(HttpExchange http, JsonNode body) {
        var headers = http.getRequestHeaders();
        var binary = headers.containsKey("ce-id");
        var thread =
                binary ? headers.getFirst("ce-subject") : body.path("subject").asText();
        var id = binary ? headers.getFirst("ce-id") : body.path("id").asText();
        var data = binary ? body : body.path("data");
        var text = data.path(data.has("ref") ? "providerId" : "text").asText();
        var source =
                binary ? headers.getFirst("ce-source") : body.path("source").asText();
        var type = binary ? headers.getFirst("ce-type") : body.path("type").asText();
        return done(thread, new Said(type, source, id, text, data.path("ref").asText()), id);
    }

    /** {@code POST /v1/conversations/{id}/{word}}, a history, or where it stands. */
    private void converse(HttpExchange http) throws IOException {
        if (http.getRequestMethod().equals("POST")) {
            take(http, Path.of(http.getRequestURI().getPath()));
        } else if (http.getRequestHeaders().getFirst("Accept").equals("text/event-stream")) {
            streams.follow(http);
        } else {
            tell(http);
        }
    }

    private synchronized void take(HttpExchange http, Path order) throws IOException {
        var body = Json.read(new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var said = new Said(
                ORDERS.getOrDefault(order.getName(3).toString(), "note.added"),
                "",
                http.getRequestHeaders().getFirst("Idempotency-Key"),
                body.path("text").asText(),
                "");
        if (flaw == Flaw.REFUSES_REPLIES && said.type().equals("message.sent")) {
            answer(http, 409, "{\"code\":\"not_assigned\"}");
            return;
        }
        var told = done(order.getName(2).toString().substring(1), said, "");
        var status = said.type().equals("message.sent") ? 201 : 200;
        answer(
                http,
                told.path("status").asInt() == 201 ? status : 422,
                told.path("body").toString());
    }

    private JsonNode done(String thread, Said said, String id) {
        changes++;
        notifyAll();
        var stored = threads.computeIfAbsent(thread, _ -> new ArrayList<>());
        var before =
                stored.stream().filter(s -> s.said().id().equals(said.id())).findFirst();
        if (before.isEmpty() || flaw == Flaw.STORES_REPEATS_AGAIN) {
            return told(201, keep(thread, stored, said, id));
        }
        if (!before.get().said().text().equals(said.text()) && flaw != Flaw.TAKES_FORGERIES) {
            return told(422, Json.object());
        }
        return told(
                201,
                flaw == Flaw.NUMBERS_REPEATS_ANEW
                        ? place(thread, stored.size() + 1, id)
                        : before.get().answer());
    }

    private static JsonNode told(int status, ObjectNode body) {
        return Json.object().put("status", status).set("body", body);
    }

    private ObjectNode keep(String thread, List<Stored> stored, Said said, String id) {
        var answer = place(thread, stored.size() + 1, id.isEmpty() ? "c" + thread + "." + (stored.size() + 1) : id);
        if (flaw == Flaw.FORGETS_ONE_IN_FIFTY && random.nextInt(50) == 0) {
            return answer;
        }
        if (flaw == Flaw.SWAPS_NEIGHBOURS && stored.size() > 2 && random.nextInt(20) == 0) {
            var last = stored.removeLast();
            stored.add(linked(thread, stored, said, answer));
            stored.add(linked(thread, stored, last.said(), last.answer()));
        } else {
            stored.add(linked(thread, stored, said, answer));
        }
        return answer;
    }

    private Stored linked(String thread, List<Stored> stored, Said said, ObjectNode answer) {
        var kept = flaw == Flaw.LOSES_EMOJI ? said.text().replaceAll("[^\\u0000-\\uffff]", "?") : said.text();
        var line = Json.object()
                .put("seq", stored.size() + 1)
                .put("type", said.type())
                .put("at", "2030")
                .put("prev", stored.isEmpty() ? Chain.genesis("local", "c" + thread) : hash(stored.getLast()));
        var data = line.putObject("data").put("text", kept);
        if (!said.source().isEmpty()) {
            data.put("source", said.source()).put("id", said.id());
        }
        if (!said.ref().isEmpty()) {
            data.put("ref", said.ref());
        }
        return new Stored(said, line.toString(), answer);
    }

    private synchronized void tell(HttpExchange http) throws IOException {
        var stored = stored(http, 2);
        var lines = new StringBuilder();
        switch (http.getRequestHeaders().getFirst("Accept")) {
            case "application/vnd.switchboard.log" ->
                stored.forEach(s -> lines.append(s.line()).append('\n'));
            case "application/x-ndjson" ->
                stored.forEach(s -> lines.append(line(s)).append('\n'));
            default -> lines.append(Json.object().put("seq", stored.size()));
        }
        answer(http, 200, lines.toString());
    }

    /** As it is shown. */
    private static String line(Stored stored) {
        return stored.line().replaceFirst("\\{", "{\"hash\":\"" + hash(stored) + "\",");
    }

    private synchronized void verify(HttpExchange http) throws IOException {
        var stored = stored(http, 3);
        var verdict = Json.object()
                .put("entries", stored.size())
                .put("head", hash(stored.getLast()))
                .put("valid", true);
        answer(http, 200, verdict.toString());
    }

    private List<Stored> stored(HttpExchange http, int part) {
        var conversation = Path.of(http.getRequestURI().getPath()).getName(part).toString();
        return threads.getOrDefault(conversation.substring(1), List.of());
    }

    private static ObjectNode place(String thread, int seq, String id) {
        return Json.object().put("conversation", "c" + thread).put("seq", seq).put("id", id);
    }

    private static String hash(Stored stored) {
        return Chain.hash(stored.line().getBytes(StandardCharsets.UTF_8));
    }

    private void answer(HttpExchange http, int status, String body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(body.getBytes(StandardCharsets.UTF_8));
        if ((status == 200 || status == 201) && http.getRequestMethod().equals("POST") && random.nextInt(20) == 0) {
            http.close();
            return;
        }
        http.sendResponseHeaders(status, bytes.size() == 0 ? -1 : bytes.size());
        http.getResponseBody().write(bytes.toByteArray());
        http.close();
    }
}
