package switchboard.speed;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import switchboard.bench.Findings;
import switchboard.bench.Goal;
import switchboard.bench.Part;
import switchboard.bench.Stand;
import switchboard.load.Kept;
import switchboard.load.Proc;
import switchboard.pressure.Answer.Kind;
import switchboard.pressure.Crowd;
import switchboard.pressure.Offered;
import switchboard.pressure.Watch;
import switchboard.program.Progress;

/**
 * Single events at three times the rate that was accepted just before, for a minute, in an open loop: nobody waits for an answer, and what
 * is refused does not come again. The bounds are those that the program is delivered with: 2,048 single events at once, 4,096
 * connections; 3,600 conversations are open already, each with a connection of its own. Only the bound on one gateway's rate is off; at 20,000 a second it would not be reached here either.
 *
 * <p>Before and afterwards comes half of what is accepted. Its median before, and half of that more, is what is normal.
 */
final class Overload implements Part {

    private static final int CONNECTIONS = 3_600;
    private static final int SATURATING = 256;
    private static final int CHECKED = 16;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SATURATION = Duration.ofSeconds(6);
    private static final Duration QUIET = Duration.ofSeconds(6);
    private static final Duration AFTERWARDS = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        Warm.up(stand);
        var self = new Proc(ProcessHandle.current().pid());
        var both = List.of(stand.process(), stand.cassandra());
        try (var crowd = Crowd.of(stand.address(), "gateway.local-only", "over", CONNECTIONS, 1);
                var watch = new Watch(both)) {
            crowd.each(1);
            Progress.say("what is accepted");
            var limit = crowd.rush(SATURATING, SATURATION).takenPerSecond();
            var before = crowd.offer(limit / 2, QUIET);
            Progress.say("three times of it for a minute");
            var cpu = self.cpuMicros();
            var over = crowd.offer(3 * limit, MINUTE);
            var client = self.cpuMicros() - cpu;
            Progress.say("and afterwards");
            var after = crowd.offer(limit / 2, AFTERWARDS);
            crowd.settle();

            findings.add("the limit: accepted, " + SATURATING + " in flight", "events/s", limit, Goal.none());
            ofTheMinute(findings, limit, over);
            findings.add("CPU of the load generator", "of one core", client / 1e6 / MINUTE.toSeconds(), Goal.none());
            findings.add("memory of the program, at most", "MiB", watch.most().getFirst(), Goal.none());
            findings.add("memory of Cassandra, at most", "MiB", watch.most().getLast(), Goal.none());
            findings.note("%,d times the program ended a connection".formatted(crowd.lost()));
            ofTheRest(findings, before, after);
            check(stand, crowd);
        }
    }

    private static void ofTheMinute(Findings findings, double limit, Offered over) {
        var offered = (over.answers().size() + over.unsent()) / (double) MINUTE.toSeconds();
        findings.add("offered", "times the limit", offered / limit, Goal.none());
        findings.add("of these answered", "times the limit", over.answeredPerSecond() / limit, Goal.none());
        findings.add("accepted", "times the limit", over.takenPerSecond() / limit, Goal.atLeast(0.9));
        findings.add("accepted, p50", "ms", over.taken(0.5), Goal.none());
        findings.add("accepted, p99", "ms", over.taken(0.99), Goal.none());
        findings.add("refused", "events/s", over.count(Kind.REFUSED) / (double) MINUTE.toSeconds(), Goal.none());
        findings.add("refused, p50", "ms", over.refused(0.5), Goal.none());
        findings.add("refused, p99", "ms", over.refused(0.99), Goal.none());
        findings.note(
                "%,d events were turned away with 503 and Retry-After at once, %,d without being told whether they are stored, %,d found no connection"
                        .formatted(over.count(Kind.REFUSED), over.count(Kind.UNCERTAIN), over.unsent()));
    }

    private static void ofTheRest(Findings findings, Offered before, Offered after) {
        var normal = before.taken(0.5);
        findings.add("at half of the limit, p50 before", "ms", normal, Goal.none());
        findings.add("at half of the limit, p50 of the seconds afterwards", "ms", after.taken(0.5), Goal.none());
        var calm = after.calmAfter(1.5 * normal).orElse((int) AFTERWARDS.toSeconds());
        findings.add("seconds afterwards until p50 is normal", "s", calm, Goal.atMost(5));
    }

    private static void check(Stand stand, Crowd crowd) throws IOException, InterruptedException {
        Kept.check(stand.caller(), crowd.said(0, CHECKED));
    }
}
