package switchboard.faults;

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
 * The contract in memory, with one flaw. It drops one connection in twenty before it has done the work, and one in
 * twenty after it, as a program may that is killed and restarted.
 */
final class ModelProgram implements AutoCloseable {

    enum Flaw {
        NONE,
        FORGETS_ONE_IN_FIFTY,
        STORES_REPEATS_AGAIN,
        NUMBERS_REPEATS_ANEW,
        TAKES_FORGERIES,
        LOSES_EMOJI
    }

    private record Stored(String id, String text, String line, String answer) {}

    private final Flaw flaw;
    private final Random random = new Random(7);
    private final Map<String, List<Stored>> threads = new TreeMap<>();
    private final HttpServer server;

    ModelProgram(Flaw flaw) throws IOException {
        this.flaw = flaw;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/events", this::take);
        server.createContext("/v1/conversations/", this::tell);
        server.createContext("/v1/audit/conversations/", this::verify);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void take(HttpExchange http) throws IOException {
        var body = Json.read(new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var binary = http.getRequestHeaders().containsKey("ce-id");
        var id = binary
                ? http.getRequestHeaders().getFirst("ce-id")
                : body.path("id").asText();
        var thread = binary
                ? http.getRequestHeaders().getFirst("ce-subject")
                : body.path("subject").asText();
        var text = (binary ? body : body.path("data")).path("text").asText();
        if (random.nextInt(20) == 0) {
            http.close();
            return;
        }
        var stored = threads.computeIfAbsent(thread, _ -> new ArrayList<>());
        var before = stored.stream().filter(s -> s.id().equals(id)).findFirst();
        if (before.isEmpty() || flaw == Flaw.STORES_REPEATS_AGAIN) {
            answer(http, 201, keep(thread, stored, id, text));
        } else if (!before.get().text().equals(text) && flaw != Flaw.TAKES_FORGERIES) {
            answer(http, 422, "{}");
        } else {
            answer(
                    http,
                    201,
                    flaw == Flaw.NUMBERS_REPEATS_ANEW
                            ? told(thread, stored.size() + 1, id)
                            : before.get().answer());
        }
    }

    private String keep(String thread, List<Stored> stored, String id, String text) {
        var kept = flaw == Flaw.LOSES_EMOJI ? text.replaceAll("[^\\u0000-\\uffff]", "?") : text;
        var answer = told(thread, stored.size() + 1, id);
        var prev = stored.isEmpty() ? Chain.genesis("local", "c" + thread) : hash(stored.getLast());
        var line = Json.object()
                .put("seq", stored.size() + 1)
                .put("type", "message.received")
                .put("at", "2030");
        line.put("prev", prev)
                .putObject("data")
                .put("source", "/chat/web")
                .put("id", id)
                .put("text", kept);
        if (flaw != Flaw.FORGETS_ONE_IN_FIFTY || random.nextInt(50) > 0) {
            stored.add(new Stored(id, text, line.toString(), answer));
        }
        return answer;
    }

    private synchronized void tell(HttpExchange http) throws IOException {
        var raw = http.getRequestHeaders().getFirst("Accept").contains("vnd.switchboard.log");
        var lines = new StringBuilder();
        for (var s : stored(http, 2)) {
            lines.append(raw ? s.line() : s.line().replaceFirst("\\{", "{\"hash\":\"" + hash(s) + "\","))
                    .append('\n');
        }
        answer(http, 200, lines.toString());
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

    private static String told(String thread, int seq, String id) {
        return Json.object()
                .put("conversation", "c" + thread)
                .put("seq", seq)
                .put("id", id)
                .toString();
    }

    private static String hash(Stored stored) {
        return Chain.hash(stored.line().getBytes(StandardCharsets.UTF_8));
    }

    private void answer(HttpExchange http, int status, String body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(body.getBytes(StandardCharsets.UTF_8));
        if (status == 201 && random.nextInt(20) == 0) {
            http.close();
            return;
        }
        http.sendResponseHeaders(status, bytes.size() == 0 ? -1 : bytes.size());
        http.getResponseBody().write(bytes.toByteArray());
        http.close();
    }
}
