package switchboard.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import switchboard.invariants.Json;
import switchboard.invariants.Outgoing;
import switchboard.invariants.Outgoing.Said;
import switchboard.witness.Auditor;
import switchboard.witness.Caller;
import switchboard.witness.Message;

/** Agent Anna's desk: customers write, she has them all, and answers until she is told that it is kept. */
final class Desk {

    static final String CHANNEL = "chat";
    private static final long PAUSE = 100_000_000;

    private final Caller program;
    private final Auditor auditor;
    private final String run;
    private final Map<String, String> threads = new ConcurrentHashMap<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    Desk(Caller program, String run) {
        this.program = program;
        this.auditor = new Auditor(program);
        this.run = run;
    }

    /** A customer writes and is given to her; returns the conversation. */
    String customer(String name) throws IOException, InterruptedException {
        program.employ("anna");
        var thread = name + "-" + run;
        var opened = until(
                () -> program.post(new Message(thread, "/" + CHANNEL + "/web", "m1", "Hello?"))
                        .body(),
                "conversation");
        threads.put(opened, thread);
        until(
                () -> program.order(
                                "supervisor.local-only", opened, new Message(thread, "assign", "a-" + opened, "anna"))
                        .body(),
                "conversation");
        return opened;
    }

    /** She writes; returns the message's id. The same key is the same message, however often it is tried. */
    String says(String conversation, String key, String text) throws IOException, InterruptedException {
        var id = until(
                () -> program.order("agent-anna.local-only", conversation, new Message("", "messages", key, text))
                        .body(),
                "id");
        acknowledged.add(id);
        return id;
    }

    /** What she was told is kept. */
    Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    Set<String> conversations() {
        return Set.copyOf(threads.keySet());
    }

    /** All that our side has said, as the histories have it. */
    List<Said> stored() throws IOException, InterruptedException {
        var all = new ArrayList<Said>();
        for (var it : threads.entrySet()) {
            all.addAll(Outgoing.stored(it.getKey(), it.getValue(), auditor.events(it.getKey())));
        }
        return all;
    }

    /** The lines of one history. */
    List<String> history(String conversation) throws IOException, InterruptedException {
        return auditor.lines(conversation);
    }

    private interface Attempt {
        String body() throws IOException, InterruptedException;
    }

    /** Again until the answer has that field: the program may be away. */
    private static String until(Attempt attempt, String field) throws InterruptedException {
        while (true) {
            try {
                var body = Json.read(attempt.body());
                if (body.has(field) && !body.has("code")) {
                    return body.path(field).asText();
                }
            } catch (IOException e) {
                LockSupport.parkNanos(PAUSE);
            }
            LockSupport.parkNanos(PAUSE);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
