package switchboard.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import switchboard.invariants.Json;
import switchboard.witness.Caller;
import switchboard.witness.Message;

/** Holds what was acknowledged under load against what is stored: all of it, once, in order, and provably unaltered. */
public final class Kept {

    private static final String LAST = "which one is it?";

    /** Fails unless all of {@code conversations} stand as they were sent. */
    public static void check(Caller program, List<Sent> conversations) throws IOException, InterruptedException {
        for (var it : conversations) {
            check(program, it);
        }
    }

    /** Where a customer's messages are; his own {@link #LAST} is behind them then. */
    public static String conversation(Caller program, Sent sent) throws IOException, InterruptedException {
        var answer = program.post(new Message(sent.customer(), sent.source(), LAST, "Which one is it?"));
        return Json.read(answer.body()).path("conversation").asText();
    }

    /** A conversation's log as it is stored, one entry a line. */
    public static byte[] log(Caller program, String conversation) throws IOException, InterruptedException {
        var path = "/v1/conversations/" + conversation + "/events";
        return program.bytes("auditor.local-only", path, "application/vnd.switchboard.log")
                .body();
    }

    private static void check(Caller program, Sent sent) throws IOException, InterruptedException {
        var conversation = conversation(program, sent);
        var path = "/v1/conversations/" + conversation + "/events";
        var stored = new String(
                program.bytes("supervisor.local-only", path, "application/x-ndjson").body(), UTF_8);
        var ids = stored.lines()
                .map(Json::read)
                .filter(entry -> entry.path("type").asText().equals("message.received"))
                .map(entry -> entry.path("data").path("id").asText())
                .filter(id -> !id.equals(LAST))
                .toList();
        var flaw = flaw(sent.ids(), ids);
        if (flaw.isPresent()) {
            throw new AssertionError(sent.customer() + " in " + conversation + ": " + flaw.get());
        }
        var verified = program.get(
                "auditor.local-only", "/v1/audit/conversations/" + conversation + "/verify", "application/json");
        if (!Json.read(verified.body()).path("valid").asBoolean()) {
            throw new AssertionError(conversation + " is not intact: " + verified.body());
        }
    }

    /** The first difference between what was sent and what is stored. */
    static Optional<String> flaw(List<String> sent, List<String> stored) {
        var differs = IntStream.range(0, Math.min(sent.size(), stored.size()))
                .filter(i -> !Objects.equals(sent.get(i), stored.get(i)))
                .findFirst();
        if (differs.isPresent()) {
            var i = differs.getAsInt();
            return Optional.of("number " + i + " is " + stored.get(i) + " and was sent as " + sent.get(i));
        }
        return sent.size() == stored.size()
                ? Optional.empty()
                : Optional.of(sent.size() + " were acknowledged, " + stored.size() + " are stored");
    }

    private Kept() {}
}
