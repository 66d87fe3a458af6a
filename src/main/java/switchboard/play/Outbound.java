package switchboard.play;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import switchboard.invariants.Json;
import switchboard.invariants.Outgoing.Said;
import switchboard.witness.Backoff;
import switchboard.witness.Caller;
import switchboard.witness.Ledger;
import switchboard.witness.Message;
import switchboard.witness.Sender;
import switchboard.witness.ServerEvents;

/**
 * Takes from the program what is to be delivered to the customers of this run: it is noted, once, and then accepted. A
 * connection a channel, opened anew whenever it ends. Other runs' and other people's messages are left alone.
 */
final class Outbound implements AutoCloseable {

    private static final String SOURCE = "/play/outbound";
    private static final int OK = 200;
    private static final int LOOK_MILLIS = 100;

    private static final long QUIET = TimeUnit.SECONDS.toNanos(10);

    private final Caller program;
    private final Ledger ledger;
    private final Sender sender;
    private final Options options;
    private final Progress progress;
    private final Map<String, String> conversations = new ConcurrentHashMap<>();
    /** By conversation: the message that was delivered last. Only that one may come again. */
    private final Map<String, String> latest = new ConcurrentHashMap<>();

    /** By conversation: what came before it was known whose it is. One at a time comes of each. */
    private final Map<String, JsonNode> early = new ConcurrentHashMap<>();

    private final Set<String> unaccepted = ConcurrentHashMap.newKeySet();
    private final Set<String> channels = ConcurrentHashMap.newKeySet();
    private final LongAdder due = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Outbound(Caller program, Ledger ledger, Sender sender, Options options, Progress progress) {
        this.program = program;
        this.ledger = ledger;
        this.sender = sender;
        this.options = options;
        this.progress = progress;
    }

    /** A conversation of this run on {@code channel}; told before the agent writes in it, though perhaps after the bot does. */
    void expect(String conversation, String thread, String channel) {
        conversations.put(conversation, thread);
        Optional.ofNullable(early.remove(conversation)).ifPresent(letter -> take(channel, thread, letter));
        if (channels.add(channel)) {
            threads.execute(() -> stay(channel));
        }
    }

    /** A message of the agent's was acknowledged, so its customer must get it. */
    void due() {
        due.increment();
    }

    /**
     * Returns once as many are accepted as were due, and with a bot, which nobody orders what it says, nothing has come for a while;
     * or patience is at its end. What is missing then is for the judge to say.
     */
    void await() throws InterruptedException {
        var end = System.nanoTime() + options.patience().toNanos();
        var last = accepted.sum();
        var since = System.nanoTime();
        while ((accepted.sum() < due.sum() || (options.bot() && System.nanoTime() - since < QUIET))
                && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            if (accepted.sum() != last) {
                last = accepted.sum();
                since = System.nanoTime();
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Connects, and again, until the run is over. */
    private void stay(String channel) {
        try {
            var backoff = new Backoff(options.patience());
            while (!Thread.interrupted()) {
                if (connect(channel)) {
                    backoff = new Backoff(options.patience());
                }
                backoff.pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            progress.turnedAway(); // what is due stays missing, and is found
        }
    }

    /** Whether it was let in, however it ended: who was connected for an hour has waited for no answer. */
    private boolean connect(String channel) throws InterruptedException {
        var connected = false;
        try {
            var response = program.stream(program.credentials().gateway(), "/v1/channels/" + channel + "/outbound");
            try (var body = response.body()) {
                connected = response.statusCode() == OK;
                if (connected) {
                    ServerEvents.read(body, event -> take(channel, event));
                }
            }
        } catch (IOException e) {
            progress.turnedAway();
        }
        return connected;
    }

    private boolean take(String channel, ServerEvents.Event event) {
        if (event.event().equals("message.send")) {
            var letter = Json.read(event.data());
            var conversation = letter.path("conversation").asText();
            early.put(conversation, letter);
            var thread = conversations.get(conversation);
            if (thread != null && early.remove(conversation, letter)) {
                take(channel, thread, letter);
            }
        }
        return true;
    }

    private void take(String channel, String thread, JsonNode letter) {
        var conversation = letter.path("conversation").asText();
        var said = new Said(
                letter.path("id").asText(),
                conversation,
                letter.path("seq").asLong(),
                letter.path("thread").asText(),
                letter.path("text").asText());
        if (!said.id().equals(latest.put(conversation, said.id()))) {
            unaccepted.add(said.id());
            ledger.delivered(thread, said);
        }
        var source = "/" + channel + SOURCE;
        threads.execute(() -> accept(new Message(thread, source, "took-" + said.id(), "p-" + said.seq(), said.id())));
    }

    /** A gateway that is not sure says it twice. */
    private void accept(Message acceptance) {
        try {
            var answer = sender.post(acceptance);
            if (!answer.acknowledges()) {
                progress.refused(answer);
            } else if (unaccepted.remove(acceptance.accepts())) {
                accepted.increment();
            }
            if (ThreadLocalRandom.current().nextDouble() < options.duplicates()) {
                sender.post(acceptance);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            progress.turnedAway(); // not accepted, so it is sent again, or missing in the end
        }
    }
}
