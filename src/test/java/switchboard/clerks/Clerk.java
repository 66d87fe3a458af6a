package switchboard.clerks;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.regex.Pattern;
import switchboard.custody.Worker;
import switchboard.program.Progress;
import switchboard.witness.Caller;
import switchboard.witness.Credentials;

/**
 * An agent with her stream who takes at once whatever she is offered, as many as she may have. Those of the play also reject, rest, hang up and
 * keep a ledger: that is right for a proof, and would be measured here. What nobody measures (agents of other parts went away, and what they had waits
 * again) she ends at once: kept, it would take the room of what is measured, which would then wait for ever.
 */
final class Clerk implements AutoCloseable {

    private static final Pattern RESERVATION = Pattern.compile("\"reservation\":\"((c[a-z2-7]{26})\\.[0-9]+)\"");
    private static final int UNITS = 100;

    private final String name;
    private final Function<String, Optional<Contact>> contacts;
    private final Connection hands;
    private final Queue<String> has = new ConcurrentLinkedQueue<>();
    private final Set<String> offers = ConcurrentHashMap.newKeySet();
    private final Stream stream;

    /** Works for the general queue; returns once she is there. {@code contacts} by conversation. */
    Clerk(Caller program, URI address, String name, Function<String, Optional<Contact>> contacts)
            throws IOException, InterruptedException {
        this.name = name;
        this.contacts = contacts;
        var body = """
                {"name":"Clerk","languages":[],"skills":[],"queues":["general"],"capacity":{"voice":0,"chat":%d}}""".formatted(UNITS);
        var put = program.put(Credentials.LOCAL.supervisor(), "/v1/agents/" + name, body);
        if (put.statusCode() != 200) {
            throw new IOException(name + ": " + put.statusCode() + " " + put.body());
        }
        var credential = "agent-" + name + ".local-only";
        this.hands = new Connection(address, credential);
        this.stream = new Stream(address, credential, "/v1/agents/" + name + "/stream", this::hears);
        says("available");
    }

    /** As she was put. */
    Worker worker() {
        return new Worker(name, new TreeMap<>(Map.of()), Set.of(), Set.of("general"), 0, UNITS);
    }

    private void hears(String data) {
        if (!data.contains("\"reservation.created\"") || !data.contains("\"agent\":\"" + name + "\"")) {
            return;
        }
        var found = RESERVATION.matcher(data);
        if (found.find() && offers.add(found.group(1))) {
            var reservation = found.group(1);
            var conversation = found.group(2);
            var contact = contacts.apply(conversation);
            contact.ifPresent(Contact::offered);
            // Her stream goes on while she says so.
            Thread.ofVirtual().start(() -> takes(reservation, conversation, contact));
        }
    }

    private void takes(String reservation, String conversation, Optional<Contact> contact) {
        try {
            hands.order("/v1/reservations/" + reservation + "/accept", reservation, "{}")
                    .taken();
            if (contact.isPresent()) {
                has.add(conversation);
                contact.get().taken(name);
            } else {
                finishes(conversation);
            }
        } catch (IOException e) {
            contact.ifPresentOrElse(
                    it -> it.failed(e),
                    () -> Progress.say(name + " could not end " + conversation + ", which nobody measures: " + e));
        }
    }

    /** Resolves and wraps up all that she has. */
    void finishes() throws IOException {
        for (var conversation = has.poll(); conversation != null; conversation = has.poll()) {
            finishes(conversation);
        }
    }

    private void finishes(String conversation) throws IOException {
        var path = "/v1/conversations/" + conversation;
        hands.order(path + "/resolve", conversation + "-r", "{\"code\":\"done\"}")
                .taken();
        hands.order(path + "/wrap-up", conversation + "-w", "{\"code\":\"done\"}")
                .taken();
    }

    private void says(String status) throws IOException {
        hands.put("/v1/agents/" + name + "/presence", "{\"status\":\"" + status + "\"}")
                .taken();
    }

    /** Goes home. */
    @Override
    public void close() throws IOException {
        says("offline");
        stream.close();
        hands.close();
    }
}
