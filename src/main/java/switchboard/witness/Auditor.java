package switchboard.witness;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import switchboard.invariants.History;
import switchboard.invariants.Json;

/** Reads conversations back in every form, as a supervisor and an auditor may. What cannot be read is an {@link IOException}. */
public final class Auditor {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Caller program;

    /** May be asked again. */
    private interface Question<T> {
        HttpResponse<T> ask() throws IOException, InterruptedException;
    }

    public Auditor(Caller program) {
        this.program = program;
    }

    /** All of a conversation; the head is what {@code verify} answered where it found anything wrong. */
    public History read(String conversation) throws IOException, InterruptedException {
        return read(conversation, lines(conversation));
    }

    /** The same, where its {@link #lines} were read before. */
    History read(String conversation, List<String> lines) throws IOException, InterruptedException {
        var answer = ok(() -> verify(conversation));
        var verified = Json.read(answer);
        var raw = raw(conversation);
        var valid =
                verified.path("valid").asBoolean() && verified.path("entries").asInt() == raw.size();
        return new History(
                conversation, events(lines), raw, valid ? verified.path("head").asText() : answer);
    }

    /** The number that it is at. */
    public long head(String conversation) throws IOException, InterruptedException {
        var state = ok(() -> program.get(
                program.credentials().supervisor(), "/v1/conversations/" + conversation, "application/json"));
        return Json.read(state).path("seq").asLong();
    }

    public HttpResponse<String> verify(String conversation) throws IOException, InterruptedException {
        return program.get(
                program.credentials().auditor(),
                "/v1/audit/conversations/" + conversation + "/verify",
                "application/json");
    }

    public List<History.Event> events(String conversation) throws IOException, InterruptedException {
        return events(lines(conversation));
    }

    /** The history, line by line as it is served. */
    public List<String> lines(String conversation) throws IOException, InterruptedException {
        return ok(() -> program.get(program.credentials().supervisor(), path(conversation), "application/x-ndjson"))
                .lines()
                .toList();
    }

    private static List<History.Event> events(List<String> lines) {
        return lines.stream().map(History.Event::of).toList();
    }

    /** The stored bytes of each entry. */
    public List<byte[]> raw(String conversation) throws IOException, InterruptedException {
        return split(ok(() ->
                program.bytes(program.credentials().auditor(), path(conversation), "application/vnd.switchboard.log")));
    }

    private static List<byte[]> split(byte[] body) throws IOException {
        var lines = new ArrayList<byte[]>();
        int from = 0;
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '\n') {
                lines.add(Arrays.copyOfRange(body, from, i));
                from = i + 1;
            }
        }
        if (from != body.length) {
            throw new IOException("the last line has no end");
        }
        return lines;
    }

    private static String path(String conversation) {
        return "/v1/conversations/" + conversation + "/events";
    }

    /** Who is told to come again does; whatever else is not a success is a fault. */
    private static <T> T ok(Question<T> question) throws IOException, InterruptedException {
        var backoff = new Backoff(PATIENCE);
        var response = question.ask();
        while (Backoff.again(response)) {
            backoff.pause();
            response = question.ask();
        }
        if (response.statusCode() != 200) {
            throw new IOException(response.uri().getPath() + ": " + response.statusCode());
        }
        return response.body();
    }
}
