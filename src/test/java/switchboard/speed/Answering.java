package switchboard.speed;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import switchboard.SwitchboardProcess;
import switchboard.bench.Findings;
import switchboard.bench.Part;
import switchboard.bench.Stand;
import switchboard.clerks.Customer;
import switchboard.clerks.Gateway;
import switchboard.clerks.Histories;
import switchboard.clerks.Rehearsal;
import switchboard.clerks.TableCounts;
import switchboard.custody.Attention;
import switchboard.custody.Custody.Spread;
import switchboard.load.Kept;
import switchboard.load.Proc;
import switchboard.load.Round;
import switchboard.load.Sent;
import switchboard.program.Program;
import switchboard.program.Progress;
import switchboard.witness.Caller;

/**
 * Customers of the program's own dialogues, each of whom waits for the bot's answer to each message: a POST, a decision, a delivery and its
 * acceptance. A program of its own, since the others measure without the bot.
 */
final class Answering implements Part {

    private static final int MANY = 32;
    private static final int FEW = 2;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(4);
    private static final Duration WARM = Duration.ofSeconds(10);
    private static final int SAMPLE = 8;

    @Override
    public String name() {
        return "bot";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        stand.stop();
        var data = Files.createTempDirectory("switchboard-bench-bot");
        var env = new LinkedHashMap<>(SwitchboardProcess.BOT);
        env.put("SWITCHBOARD_INTAKE_RATE", "1000000");
        Progress.say("starting a program with a bot");
        try (var program = Program.start(data, env)) {
            SwitchboardProcess.await("the bot has learned", () -> learned(program.output()));
            Progress.say("the bot has learned");
            measure(program, findings);
        } finally {
            Stand.delete(data);
        }
    }

    private static boolean learned(String output) {
        return output.contains("bot of local: knows") && output.contains("wishes for a person are learned");
    }

    private static void measure(Program program, Findings findings) throws Exception {
        var caller = new Caller(program::address);
        var rehearsal = Rehearsal.of(caller, program.address());
        var customers = new ArrayList<Customer>();
        try (var gateway = new Gateway(program.address())) {
            for (int i = 0; i < MANY; i++) {
                customers.add(new Customer(program.address(), gateway, rehearsal.scripts(), "bot-" + i, i));
            }
            var self = new Proc(program.pid());
            var cassandra = new Proc(program.cassandraPid());
            Round.run(customers, WARM, self, cassandra);
            var many = new ArrayList<Round>();
            var few = new ArrayList<Round>();
            for (int round = 1; round <= ROUNDS; round++) {
                Progress.say("round %d of %d".formatted(round, ROUNDS));
                many.add(Round.run(customers, ROUND, self, cassandra));
                few.add(Round.run(customers.subList(0, FEW), ROUND, self, cassandra));
            }
            report(findings, MANY, many);
            report(findings, FEW, few);
            var before = TableCounts.of(program);
            var counted = Round.run(customers, ROUND, self, cassandra);
            findings.note("Cassandra, for one message: "
                    + TableCounts.of(program).since(before).per(counted.events()));
            findings.note("customers say %d of the dialogues' %d messages: as far as the bot answers"
                    .formatted(rehearsal.answered(), rehearsal.messages()));
        }
        check(caller, findings, customers);
        for (var customer : customers) {
            customer.close();
        }
    }

    private static void report(Findings findings, int customers, List<Round> rounds) {
        var what = customers + " customers: ";
        findings.add(what + "answered", "messages/s", Figures.each(rounds, Round::eventsPerSecond));
        findings.add(what + "CPU of program and Cassandra", "ms/message", Figures.each(rounds, Round::bothPerEvent));
        findings.add(what + "CPU of the program", "ms/message", Figures.each(rounds, Round::programPerEvent));
        findings.add(what + "message to answer at the gateway, p50", "ms", Figures.each(rounds, it -> it.wait(0.5)));
        findings.add(what + "message to answer at the gateway, p99", "ms", Figures.each(rounds, it -> it.wait(0.99)));
    }

    /** I12 of all, and a sample is held against what was sent. */
    private static void check(Caller caller, Findings findings, List<Customer> customers) throws Exception {
        var conversations =
                customers.stream().flatMap(it -> it.conversations().stream()).toList();
        var found = switchboard.invariants.Findings.NONE;
        var waited = new ArrayList<Duration>();
        for (var it : Histories.of(caller, conversations).entrySet()) {
            var verdict = Attention.judge(it.getKey(), it.getValue());
            found = found.and(verdict.findings());
            waited.addAll(verdict.waited());
        }
        var looked = Histories.sound(found, "I12");
        Kept.check(caller, sample(customers));
        var spread = Spread.of(waited);
        findings.note(
                "%,d checks of I12 in %,d conversations, none violated; message to decision, stored, warming-up counted in: p50 %d ms, p99 %d ms of %,d"
                        .formatted(
                                looked,
                                conversations.size(),
                                spread.p50().toMillis(),
                                spread.p99().toMillis(),
                                spread.count()));
    }

    private static List<Sent> sample(List<Customer> customers) {
        return customers.stream()
                .flatMap(it -> it.said().stream().limit(1))
                .limit(SAMPLE)
                .toList();
    }
}
