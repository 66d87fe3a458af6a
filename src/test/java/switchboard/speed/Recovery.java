package switchboard.speed;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;
import switchboard.bench.Findings;
import switchboard.bench.Goal;
import switchboard.bench.Part;
import switchboard.bench.Stand;
import switchboard.footprint.Metrics;
import switchboard.load.Filled;
import switchboard.load.Kept;
import switchboard.program.Progress;
import switchboard.witness.Caller;

/**
 * How long who asks for a conversation of 10,000 events waits when it is not in memory: each is asked for once after a restart. Those asked for first
 * warm the new JVMs up.
 */
final class Recovery implements Part {

    private static final int EVENTS = 10_000;
    private static final Duration CALM = Duration.ofSeconds(15);
    private static final int PATIENCE = 8;
    private static final int WARMING = 12;
    private static final int MEASURED = 7;

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        Progress.say("filling");
        var sent = Filled.conversations(stand.address(), "recovery", WARMING + MEASURED, EVENTS);
        var conversations = new ArrayList<String>();
        for (var it : sent) {
            conversations.add(Kept.conversation(stand.caller(), it));
        }
        stand.stop();
        var caller = stand.caller();
        var before = calm(caller);
        Progress.say("asking for one after the other");
        var waits = new ArrayList<Double>();
        for (var it : conversations) {
            waits.add(asked(caller, it));
        }
        var woken = Metrics.open(caller) - before;
        if (woken != conversations.size()) {
            throw new AssertionError(
                    "of %d conversations %.0f were not in memory".formatted(conversations.size(), woken));
        }
        findings.add("%,d events, the first after a restart".formatted(EVENTS), "ms", waits.getFirst(), Goal.none());
        findings.add(
                "%,d events, after %d others".formatted(EVENTS, WARMING),
                "ms",
                waits.subList(WARMING, waits.size()),
                Goal.atMost(150));
        Kept.check(caller, sent.subList(0, 1));
    }

    /** How many are in memory once that stays so: what owes something is woken after a start, and would be counted. */
    private static double calm(Caller program) throws Exception {
        var before = Metrics.open(program);
        for (int times = 0; times < PATIENCE; times++) {
            LockSupport.parkNanos(CALM.toNanos());
            var now = Metrics.open(program);
            if (now == before) {
                return now;
            }
            before = now;
        }
        throw new IOException("conversations still wake by themselves");
    }

    /** From the request to the answer, in milliseconds. */
    private static double asked(Caller program, String conversation) throws Exception {
        var start = System.nanoTime();
        var answer = program.get("supervisor.local-only", "/v1/conversations/" + conversation, "application/json");
        var time = System.nanoTime() - start;
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        return time / 1e6;
    }
}
