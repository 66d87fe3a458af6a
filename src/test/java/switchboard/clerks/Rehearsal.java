package switchboard.clerks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import switchboard.invariants.Json;
import switchboard.witness.Auditor;
import switchboard.witness.Caller;
import switchboard.witness.Credentials;

/**
 * The program's own dialogues, played once to a bot that is idle: what it does about each message it will do again, so customers know how far they
 * come with it.
 *
 * @param scripts what is answered, aloud and by the bot; of each the last message may be handed over
 * @param messages how many were tried
 */
public record Rehearsal(List<List<String>> scripts, int messages) {

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final int AT_A_TIME = 4;

    public Rehearsal {
        scripts = scripts.stream().map(List::copyOf).toList();
    }

    /** Plays all of them. */
    public static Rehearsal of(Caller program, URI address) throws Exception {
        var all = Customers.scripts();
        var scripts = new ArrayList<List<String>>();
        try (var threads =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            var running = new ArrayList<Future<List<String>>>();
            for (int i = 0; i < all.size(); i++) {
                var script = all.get(i);
                var customer = "rehearsal-" + i;
                running.add(
                        threads.submit((Callable<List<String>>) () -> answered(program, address, customer, script)));
            }
            for (var one : running) {
                scripts.add(one.get());
            }
        }
        return new Rehearsal(
                scripts.stream().filter(script -> !script.isEmpty()).toList(),
                all.stream().mapToInt(List::size).sum());
    }

    /** How many of the messages customers will say. */
    public int answered() {
        return scripts.stream().mapToInt(List::size).sum();
    }

    private static List<String> answered(Caller program, URI address, String customer, List<String> script)
            throws IOException, InterruptedException {
        var auditor = new Auditor(program);
        var answered = new ArrayList<String>();
        try (var gateway = new Connection(address, Credentials.LOCAL.gateway())) {
            for (var text : script) {
                var said = Customers.said(Customers.SOURCE, "r-" + answered.size(), customer, text);
                var action = action(
                        auditor, Customers.conversation(gateway.event(said).taken()), answered.size());
                if (action.equals("silence")) {
                    return answered;
                }
                answered.add(text);
                if (action.equals("hand_over")) {
                    return answered;
                }
            }
        }
        return answered;
    }

    /** What was decided after so many decisions. */
    private static String action(Auditor auditor, String conversation, int before)
            throws IOException, InterruptedException {
        for (var end = System.nanoTime() + PATIENCE; System.nanoTime() < end; ) {
            var decided = decided(auditor.lines(conversation), before);
            if (decided.isPresent()) {
                return decided.get();
            }
            LockSupport.parkNanos(LOOK);
        }
        throw new AssertionError(conversation + ": the bot did not decide");
    }

    private static Optional<String> decided(List<String> lines, int before) {
        return lines.stream()
                .map(Json::read)
                .filter(it -> it.path("type").asText().equals("bot.decided"))
                .skip(before)
                .map(Rehearsal::action)
                .findFirst();
    }

    private static String action(JsonNode decided) {
        return decided.path("data").path("action").asText();
    }
}
