package switchboard.program;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import switchboard.invariants.Json;
import switchboard.program.ModelProgram.Flaw;

/** The streams of a {@link ModelProgram}: a conversation's for its readers, a channel's for its gateway. */
final class ModelStreams {

    private final ModelProgram model;
    private final Set<String> swallowed = new HashSet<>();
    private int replies;

    ModelStreams(ModelProgram model) {
        this.model = model;
    }

    /** {@code GET /v1/conversations/{id}/events} from {@code Last-Event-ID} on, until the connection is dropped. */
    void follow(HttpExchange http) throws IOException {
        var conversation = Path.of(http.getRequestURI().getPath()).getName(2).toString();
        var last = Integer.parseInt(http.getRequestHeaders().getFirst("Last-Event-ID"));
        var resumed = last > 0;
        if (resumed && model.flaw() == Flaw.SKIPS_WHEN_RESUMED) {
            last++;
        }
        begin(http);
        for (long seen = 0; ; seen = model.awaitMore(seen)) {
            var history = model.history(conversation);
            if (resumed && model.flaw() == Flaw.STALLS_WHEN_RESUMED) {
                continue;
            }
            for (; last < history.size(); last++) {
                var line = history.get(last);
                send(http, "id: " + (last + 1), Json.read(line).path("type").asText(), line);
            }
        }
    }

    /** {@code GET /v1/channels/{channel}/outbound}: of each conversation the first message of ours that is not accepted. */
    void outbound(HttpExchange http) throws IOException {
        var source = "/" + Path.of(http.getRequestURI().getPath()).getName(2) + "/";
        var sent = new HashSet<String>();
        begin(http);
        for (long seen = 0; ; seen = model.awaitMore(seen)) {
            for (var it : model.histories().entrySet()) {
                var first = Json.read(it.getValue().getFirst()).path("data").path("source");
                var seq = first.asText().startsWith(source) ? waiting(it.getKey(), it.getValue()) : 0;
                var id = it.getKey() + "." + seq;
                if (seq > 0 && sent.add(id)) {
                    var said =
                            Json.read(it.getValue().get(seq - 1)).path("data").path("text");
                    var letter = Json.object()
                            .put("id", id)
                            .put("conversation", it.getKey())
                            .put("seq", seq)
                            .put("thread", it.getKey().substring(1))
                            .put("text", said.asText());
                    send(http, ":", "message.send", letter.toString());
                }
            }
        }
    }

    /** 0: none. */
    private synchronized int waiting(String conversation, List<String> history) {
        var accepted = new HashSet<String>();
        history.forEach(
                line -> accepted.add(Json.read(line).path("data").path("ref").asText()));
        Predicate<String> waits = id -> !accepted.contains(id) && !swallows(id);
        for (int seq = 1; seq <= history.size(); seq++) {
            var type = Json.read(history.get(seq - 1)).path("type").asText();
            if (type.equals("message.sent") && waits.test(conversation + "." + seq)) {
                return seq;
            }
        }
        return 0;
    }

    private boolean swallows(String id) {
        if (model.flaw() == Flaw.SWALLOWS_REPLIES && ++replies % 20 == 0) {
            swallowed.add(id);
        }
        return swallowed.contains(id);
    }

    /** Says so at once, as the program does, also where nothing follows: otherwise its reader waits for an answer and cannot leave. */
    private static void begin(HttpExchange http) throws IOException {
        http.getResponseHeaders().set("Content-Type", "text/event-stream");
        http.sendResponseHeaders(200, 0);
        http.getResponseBody().flush();
    }

    private static void send(HttpExchange http, String first, String event, String data) throws IOException {
        var frame = first + "\nevent: " + event + "\ndata: " + data + "\n\n";
        http.getResponseBody().write(frame.getBytes(StandardCharsets.UTF_8));
        http.getResponseBody().flush();
    }
}
