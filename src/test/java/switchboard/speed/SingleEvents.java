package switchboard.speed;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import switchboard.bench.Findings;
import switchboard.bench.Goal;
import switchboard.bench.Part;
import switchboard.bench.Stand;
import switchboard.load.BareLoop;
import switchboard.load.HttpSender;
import switchboard.load.Kept;
import switchboard.load.Proc;
import switchboard.load.Round;
import switchboard.load.Sent;
import switchboard.load.WarmUp;
import switchboard.program.Progress;

/**
 * One CloudEvent a POST, 200 characters, 10,000 conversations, 64 and 256 in flight; beside it, by turns, the least that a durable event
 * costs: a sharded persist of as many bytes with the same journal on the same Cassandra.
 */
final class SingleEvents implements Part {

    private static final int CONVERSATIONS = 10_000;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(6);

    @Override
    public String name() {
        return "single";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        var few = senders(stand, 64);
        var many = new ArrayList<HttpSender>();
        WarmUp.run(few, Duration.ofSeconds(200), List.of(stand.process()), stand.cassandra());
        try (var bare = new BareLoop(
                stand.program().cassandraPort(),
                Kept.entryBytes(stand.caller(), few.getFirst().said(0)))) {
            byTurns(stand, findings, 64, few, bare.clients(64, CONVERSATIONS / 64), 0.30);
            // not before: the program ends connections without a request
            many.addAll(senders(stand, 256));
            byTurns(stand, findings, 256, many, bare.clients(256, CONVERSATIONS / 256), 0.25);
        }
        var said = new ArrayList<Sent>();
        for (var sender : few.subList(0, 8)) {
            said.add(sender.said(1));
        }
        for (var sender : many.subList(0, 8)) {
            said.add(sender.said(2));
        }
        Kept.check(stand.caller(), said);
        for (var sender : few) {
            sender.close();
        }
        for (var sender : many) {
            sender.close();
        }
    }

    private static void byTurns(
            Stand stand, Findings findings, int inFlight, List<HttpSender> over, List<Round.Client> bare, double goal)
            throws Exception {
        var self = new Proc(ProcessHandle.current().pid());
        Round.run(over, ROUND, stand.process(), stand.cassandra());
        Round.run(bare, ROUND, self, stand.cassandra());
        var program = new ArrayList<Round>();
        var least = new ArrayList<Round>();
        for (int round = 1; round <= ROUNDS; round++) {
            Progress.say("%d in flight, round %d of %d".formatted(inFlight, round, ROUNDS));
            program.add(Round.run(over, ROUND, stand.process(), stand.cassandra()));
            least.add(Round.run(bare, ROUND, self, stand.cassandra()));
        }
        var what = inFlight + " in flight: ";
        findings.add(what + "accepted", "events/s", Figures.each(program, Round::eventsPerSecond));
        findings.add(
                what + "CPU of program and Cassandra",
                "ms/event",
                Figures.each(program, Round::bothPerEvent),
                Goal.atMost(goal));
        findings.add(what + "CPU of the program", "ms/event", Figures.each(program, Round::programPerEvent));
        findings.add(what + "acknowledged, p50", "ms", Figures.each(program, it -> it.wait(0.5)));
        findings.add(what + "acknowledged, p99", "ms", Figures.each(program, it -> it.wait(0.99)));
        findings.add(what + "bare persist, accepted", "events/s", Figures.each(least, Round::eventsPerSecond));
        findings.add(what + "bare persist, CPU with its client", "ms/event", Figures.each(least, Round::bothPerEvent));
        findings.add(
                what + "rate beside the bare persist's", "times", Figures.rates(program, least), Goal.atLeast(0.7));
    }

    private static List<HttpSender> senders(Stand stand, int count) throws IOException {
        var senders = new ArrayList<HttpSender>();
        for (int i = 0; i < count; i++) {
            var name = "single-" + count + "-" + i;
            senders.add(new HttpSender(stand.address(), name, name, CONVERSATIONS / count));
        }
        return senders;
    }
}
