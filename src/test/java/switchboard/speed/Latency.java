package switchboard.speed;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import switchboard.bench.Findings;
import switchboard.bench.Goal;
import switchboard.bench.Part;
import switchboard.bench.Stand;
import switchboard.beside.RawInserts;
import switchboard.load.HttpSender;
import switchboard.load.Kept;
import switchboard.load.OpenLoop;
import switchboard.load.Proc;
import switchboard.load.Round;
import switchboard.load.Sent;
import switchboard.load.WarmUp;
import switchboard.program.Progress;

/**
 * How long an event takes to be safe when the program is half busy: single events come evenly at half of what 64 in flight get through,
 * whatever was answered; by turns, at the same rate, a row of as many bytes that the driver inserts past the program.
 */
final class Latency implements Part {

    private static final int SATURATING = 64;

    /** More than are ever busy unless it stands still for a quarter of a second; their conversations have begun. */
    private static final int POOL = 256;

    private static final int CONVERSATIONS_EACH = 8;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(6);
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration STRETCH = Duration.ofSeconds(4);

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        var saturating = senders(stand, "full", SATURATING);
        WarmUp.run(saturating, STRETCH, Duration.ofSeconds(150), List.of(stand.process()), stand.cassandra());
        var full =
                Round.run(saturating, ROUND, stand.process(), stand.cassandra()).eventsPerSecond();
        var said = end(saturating);
        findings.add("saturation, %d in flight".formatted(SATURATING), "events/s", full, Goal.none());

        var pool = senders(stand, "half", POOL);
        Round.each(pool, CONVERSATIONS_EACH);
        var bytes = Kept.entryBytes(stand.caller(), said.getFirst());
        try (var inserts = new RawInserts(stand.program().cassandraPort(), bytes)) {
            byTurns(stand, findings, full / 2, pool, inserts.clients(POOL, POOL * CONVERSATIONS_EACH));
        }
        said.addAll(end(pool));
        Kept.check(stand.caller(), said);
    }

    private static void byTurns(
            Stand stand, Findings findings, double perSecond, List<HttpSender> over, List<Round.Client> raw)
            throws Exception {
        var self = new Proc(ProcessHandle.current().pid());
        OpenLoop.run(over, perSecond, FIRST, stand.process(), stand.cassandra());
        OpenLoop.run(raw, perSecond, FIRST, self, stand.cassandra());
        var program = new ArrayList<OpenLoop>();
        var least = new ArrayList<OpenLoop>();
        for (int round = 1; round <= ROUNDS; round++) {
            Progress.say("%,.0f a second, round %d of %d".formatted(perSecond, round, ROUNDS));
            program.add(OpenLoop.run(over, perSecond, ROUND, stand.process(), stand.cassandra()));
            least.add(OpenLoop.run(raw, perSecond, ROUND, self, stand.cassandra()));
        }
        add(findings, "half of saturation: ", program);
        add(findings, "the driver's rows at that rate: ", least);
        var ratios = Figures.ratios(
                Figures.each(program, it -> it.round().wait(0.99)),
                Figures.each(least, it -> it.round().wait(0.99)));
        findings.add("p99 beside that of the driver's rows", "times", ratios, Goal.atMost(3));
    }

    private static void add(Findings findings, String what, List<OpenLoop> rounds) {
        findings.add(
                what + "acknowledged",
                "events/s",
                Figures.each(rounds, it -> it.round().eventsPerSecond()));
        findings.add(
                what + "wait since due, p50",
                "ms",
                Figures.each(rounds, it -> it.round().wait(0.5)));
        findings.add(
                what + "wait since due, p99",
                "ms",
                Figures.each(rounds, it -> it.round().wait(0.99)));
        findings.add(
                what + "of it the load generator's own lateness, p99", "ms", Figures.each(rounds, it -> it.late(0.99)));
    }

    /** What one conversation each of some of them was told. */
    private static List<Sent> end(List<HttpSender> senders) throws IOException {
        var said = new ArrayList<Sent>();
        for (var sender : senders.subList(0, 8)) {
            said.add(sender.said(1));
        }
        for (var sender : senders) {
            sender.close();
        }
        return said;
    }

    private static List<HttpSender> senders(Stand stand, String what, int count) throws IOException {
        var senders = new ArrayList<HttpSender>();
        for (int i = 0; i < count; i++) {
            var name = "latency-" + what + "-" + i;
            senders.add(new HttpSender(stand.address(), name, name, CONVERSATIONS_EACH));
        }
        return senders;
    }
}
