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
import switchboard.load.BulkSender;
import switchboard.load.Kept;
import switchboard.load.Proc;
import switchboard.load.Round;
import switchboard.load.Sent;
import switchboard.load.WarmUp;
import switchboard.program.Progress;

/**
 * Requests of 1,000 lines of 200 characters on 4 connections, each over 50, 200 or 1,000 conversations of that connection's own; at 200, by
 * turns, rows of as many bytes that the driver inserts one by one past the program.
 */
final class BulkEvents implements Part {

    private static final int CONNECTIONS = 4;
    private static final int RAW_IN_FLIGHT = 64;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final Duration FIRST = Duration.ofSeconds(3);
    private static final Duration STRETCH = Duration.ofSeconds(4);

    @Override
    public String name() {
        return "bulk";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        beside(stand, findings);
        alone(stand, findings, 50, 0.05);
        alone(stand, findings, 1_000, 0.20);
    }

    /** Over 200. */
    private static void beside(Stand stand, Findings findings) throws Exception {
        var senders = senders(stand, 200);
        WarmUp.run(senders, STRETCH, Duration.ofSeconds(150), List.of(stand.process()), stand.cassandra());
        var bytes = Kept.entryBytes(stand.caller(), senders.getFirst().said(0));
        var self = new Proc(ProcessHandle.current().pid());
        try (var inserts = new RawInserts(stand.program().cassandraPort(), bytes)) {
            var raw = inserts.clients(RAW_IN_FLIGHT, CONNECTIONS * 200);
            Round.run(raw, FIRST, self, stand.cassandra());
            var bulk = new ArrayList<Round>();
            var least = new ArrayList<Round>();
            var again = new ArrayList<Double>();
            for (int round = 1; round <= ROUNDS; round++) {
                Progress.say("over 200, round %d of %d".formatted(round, ROUNDS));
                bulk.add(round(stand, senders, again));
                least.add(Round.run(raw, ROUND, self, stand.cassandra()));
            }
            add(findings, 200, bulk, again, 0.08);
            var what = "rows of %,d bytes by the driver, %d in flight: ".formatted(bytes, RAW_IN_FLIGHT);
            findings.add(what + "inserted", "rows/s", Figures.each(least, Round::eventsPerSecond));
            findings.add(what + "CPU with their client", "ms/row", Figures.each(least, Round::bothPerEvent));
            findings.add(
                    "over 200: rate beside the driver's rows", "times", Figures.rates(bulk, least), Goal.atLeast(2));
        }
        end(stand, senders);
    }

    private static void alone(Stand stand, Findings findings, int conversations, double goal) throws Exception {
        var senders = senders(stand, conversations);
        Round.run(senders, FIRST, stand.process(), stand.cassandra());
        var rounds = new ArrayList<Round>();
        var again = new ArrayList<Double>();
        for (int round = 1; round <= ROUNDS; round++) {
            Progress.say("over %,d, round %d of %d".formatted(conversations, round, ROUNDS));
            rounds.add(round(stand, senders, again));
        }
        add(findings, conversations, rounds, again, goal);
        end(stand, senders);
    }

    /** {@code again} is told how many requests had to be repeated. */
    private static Round round(Stand stand, List<BulkSender> senders, List<Double> again) throws Exception {
        var before = again(senders);
        var round = Round.run(senders, ROUND, stand.process(), stand.cassandra());
        again.add((double) again(senders) - before);
        return round;
    }

    private static int again(List<BulkSender> senders) {
        return senders.stream().mapToInt(BulkSender::again).sum();
    }

    private static void add(Findings findings, int conversations, List<Round> rounds, List<Double> again, double goal) {
        var what = "over %,d: ".formatted(conversations);
        findings.add(what + "accepted", "events/s", Figures.each(rounds, Round::eventsPerSecond));
        findings.add(
                what + "CPU of program and Cassandra",
                "ms/event",
                Figures.each(rounds, Round::bothPerEvent),
                Goal.atMost(goal));
        findings.add(what + "CPU of the program", "ms/event", Figures.each(rounds, Round::programPerEvent));
        findings.add(what + "a request acknowledged, p50", "ms", Figures.each(rounds, it -> it.wait(0.5)));
        findings.add(what + "requests repeated for lines told to come again", "a round", again);
    }

    /** Their last use: what was acknowledged is held against what is stored. */
    private static void end(Stand stand, List<BulkSender> senders) throws Exception {
        var said = new ArrayList<Sent>();
        for (var sender : senders) {
            said.add(sender.said(0));
            said.add(sender.said(49));
            sender.close();
        }
        Kept.check(stand.caller(), said);
    }

    private static List<BulkSender> senders(Stand stand, int conversations) throws IOException {
        var senders = new ArrayList<BulkSender>();
        for (int i = 0; i < CONNECTIONS; i++) {
            senders.add(new BulkSender(stand.address(), "bulk-" + conversations + "-" + i, conversations));
        }
        return senders;
    }
}
