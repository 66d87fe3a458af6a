package switchboard.play;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import switchboard.invariants.Findings;
import switchboard.invariants.Json;
import switchboard.invariants.Violation;
import switchboard.witness.Backoff;
import switchboard.witness.Caller;
import switchboard.witness.Message;
import switchboard.witness.Sender;
import switchboard.witness.ServerEvents;

/**
 * Takes from the program what is to be delivered to the customers of this run, and says so: a connection a channel, opened
 * anew whenever it ends. Other runs' and other people's messages are left alone.
 */
final class Outbound implements AutoCloseable {

    private static final String RULE = "I-out";
    private static final String SOURCE = "/play/outbound";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int LOOK_MILLIS = 100;

    private final Caller program;
    private final Sender sender;
    private final Options options;
    private final Map<String, String> conversations = new ConcurrentHashMap<>();
    private final Map<String, Long> delivered = new ConcurrentHashMap<>();
    private final Map<String, String> due = new ConcurrentHashMap<>();
    private final Map<String, String> accepted = new ConcurrentHashMap<>();
    private final Set<String> channels = ConcurrentHashMap.newKeySet();
    private final LongAdder overtaken = new LongAdder();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean offered = true;

    Outbound(Caller program, Sender sender, Options options) {
        this.program = program;
        this.sender = sender;
        this.options = options;
    }

    /** A conversation of this run on {@code channel}; told before the agent writes in it. */
    void expect(String conversation, String thread, String channel) {
        conversations.put(conversation, thread);
        if (channels.add(channel)) {
            threads.execute(() -> stay(channel));
        }
    }

    /** The agent's message {@code id} was acknowledged, so its customer must get it. */
    void due(String id, String text) {
        due.put(id, text);
    }

    /** Returns once each message that was due is accepted, or patience is at its end. */
    void await() throws InterruptedException {
        var end = System.nanoTime() + options.patience().toNanos();
        while (offered && missing() > 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** What was found, {@code I-out}: each message that was due was given to its channel, as it was written, none before an earlier one. */
    Findings findings() {
        if (!offered) {
            return Findings.NONE;
        }
        var violations = new ArrayList<Violation>();
        due.forEach((id, text) -> {
            if (!text.equals(accepted.get(id))) {
                violations.add(new Violation(RULE, id, accepted.containsKey(id) ? "other text" : "never given"));
            }
        });
        if (overtaken.sum() > 0) {
            violations.add(new Violation(RULE, "outbound", overtaken.sum() + " before an earlier one"));
        }
        return new Findings(Map.of(RULE, (long) due.size()), violations);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private long missing() {
        return due.keySet().stream().filter(id -> !accepted.containsKey(id)).count();
    }

    /** Connects, and again, until the run is over or the program has no such streams. */
    private void stay(String channel) {
        try {
            var backoff = new Backoff(options.patience());
            while (offered && !Thread.interrupted()) {
                if (connect(channel)) {
                    backoff = new Backoff(options.patience());
                }
                backoff.pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            sender.watch().turnedAway(); // what is due stays missing, and is found
        }
    }

    /** Whether anything came of it. */
    private boolean connect(String channel) throws InterruptedException {
        try {
            var response = program.stream(program.credentials().gateway(), "/v1/channels/" + channel + "/outbound");
            try (var lines = response.body()) {
                offered = response.statusCode() != NOT_FOUND;
                if (response.statusCode() == OK) {
                    ServerEvents.read(lines, event -> take(channel, event));
                    return true;
                }
            }
        } catch (IOException | UncheckedIOException e) {
            sender.watch().turnedAway();
        }
        return false;
    }

    private boolean take(String channel, ServerEvents.Event event) {
        var letter = Json.read(event.data());
        var conversation = letter.path("conversation").asText();
        var thread = conversations.get(conversation);
        if (event.event().equals("message.send") && thread != null) {
            var seq = letter.path("seq").asLong();
            if (delivered.merge(conversation, seq, Math::max) > seq) {
                overtaken.increment();
            }
            var id = letter.path("id").asText();
            var text = letter.path("text").asText();
            threads.execute(
                    () -> accept(new Message(thread, "/" + channel + SOURCE, "took-" + id, "p-" + seq, id), text));
        }
        return true;
    }

    /** A gateway that is not sure says it twice. */
    private void accept(Message acceptance, String text) {
        try {
            sender.post(acceptance);
            accepted.put(acceptance.accepts(), text);
            if (ThreadLocalRandom.current().nextDouble() < options.duplicates()) {
                sender.post(acceptance);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            sender.watch().turnedAway(); // not accepted, so it is missing in the end
        }
    }
}
