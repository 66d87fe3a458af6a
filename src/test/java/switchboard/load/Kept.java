package switchboard.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import switchboard.invariants.Json;
import switchboard.witness.Caller;
import switchboard.witness.Message;

/** Holds what was acknowledged under load against what is stored: all of it, once, in order, and provably unaltered. */
public final class Kept {

    private static final String LAST = "which one is it?";

    /** Fails unless all of {@code conversations} stand as they were sent, and where there is none to look at. */
    public static void check(Caller program, List<Sent> conversations) throws IOException, InterruptedException {
        if (conversations.isEmpty()) {
            throw new AssertionError("of no conversation it is known what was stored");
        }
        for (var it : conversations) {
            check(program, it);
        }
    }

    /** Likewise what several senders posted into one conversation: each sender's in its order, and nothing else. */
    public static void checkTogether(Caller program, List<Sent> senders) throws IOException, InterruptedException {
        var any = senders.getFirst();
        var conversation = conversation(program, any);
        var ids = ids(program, conversation);
        var all = 0;
        for (var it : senders) {
            var its = Set.copyOf(it.ids());
            require(
                    any,
                    conversation,
                    flaw(it.ids(), ids.stream().filter(its::contains).toList()));
            all += its.size();
        }
        if (all != ids.size()) {
            throw new AssertionError(all + " were acknowledged, " + ids.size() + " are stored in " + conversation);
        }
        verify(program, conversation);
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

    /** What is stored for an event of such a conversation, on average. */
    public static int entryBytes(Caller program, Sent sent) throws IOException, InterruptedException {
        var log = log(program, conversation(program, sent));
        return log.length / (int) new String(log, UTF_8).lines().count();
    }

    private static void check(Caller program, Sent sent) throws IOException, InterruptedException {
        var conversation = conversation(program, sent);
        require(sent, conversation, flaw(sent.ids(), ids(program, conversation)));
        verify(program, conversation);
    }

    /** Of the customer's messages as they are stored, but for {@link #LAST}. */
    private static List<String> ids(Caller program, String conversation) throws IOException, InterruptedException {
        var path = "/v1/conversations/" + conversation + "/events";
        var stored = new String(
                program.bytes("supervisor.local-only", path, "application/x-ndjson")
                        .body(),
                UTF_8);
        return stored.lines()
                .map(Json::read)
                .filter(entry -> entry.path("type").asText().equals("message.received"))
                .map(entry -> entry.path("data").path("id").asText())
                .filter(id -> !id.equals(LAST))
                .toList();
    }

    private static void require(Sent sent, String conversation, Optional<String> flaw) {
        if (flaw.isPresent()) {
            throw new AssertionError(sent.customer() + " in " + conversation + ": " + flaw.get());
        }
    }

    private static void verify(Caller program, String conversation) throws IOException, InterruptedException {
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
