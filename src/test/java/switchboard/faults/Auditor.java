package switchboard.faults;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import switchboard.invariants.History;
import switchboard.invariants.Json;

/** Reads conversations back in every form, as a supervisor and an auditor may. */
final class Auditor {

    private final Caller program;

    Auditor(Caller program) {
        this.program = program;
    }

    /** All of a conversation; fails where {@code verify} finds anything wrong. */
    History read(String conversation) throws IOException, InterruptedException {
        var verified = Json.read(ok(verify(conversation)));
        if (!verified.path("valid").asBoolean()) {
            throw new AssertionError(conversation + " does not verify: " + verified);
        }
        var raw = raw(conversation);
        if (verified.path("entries").asInt() != raw.size()) {
            throw new AssertionError(conversation + " has " + raw.size() + " entries, verified " + verified);
        }
        return new History(
                conversation, events(conversation), raw, verified.path("head").asText());
    }

    HttpResponse<String> verify(String conversation) throws IOException, InterruptedException {
        return program.get(
                "auditor.local-only", "/v1/audit/conversations/" + conversation + "/verify", "application/json");
    }

    List<History.Event> events(String conversation) throws IOException, InterruptedException {
        var lines = ok(program.get("supervisor.local-only", path(conversation), "application/x-ndjson"));
        return lines.lines().map(History.Event::of).toList();
    }

    /** The stored bytes of each entry. */
    List<byte[]> raw(String conversation) throws IOException, InterruptedException {
        var response = program.bytes("auditor.local-only", path(conversation), "application/vnd.switchboard.log");
        if (response.statusCode() != 200) {
            throw new AssertionError("export: " + response.statusCode());
        }
        return lines(response.body());
    }

    private static List<byte[]> lines(byte[] body) {
        var lines = new ArrayList<byte[]>();
        int from = 0;
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '\n') {
                lines.add(java.util.Arrays.copyOfRange(body, from, i));
                from = i + 1;
            }
        }
        if (from != body.length) {
            throw new AssertionError("the last line has no end");
        }
        return lines;
    }

    private static String path(String conversation) {
        return "/v1/conversations/" + conversation + "/events";
    }

    private static String ok(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return response.body();
    }
}
