package switchboard.speed;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import switchboard.bench.Findings;
import switchboard.bench.Goal;
import switchboard.bench.Part;
import switchboard.bench.Stand;
import switchboard.clerks.Clerks;
import switchboard.clerks.Customers;
import switchboard.clerks.Customers.Begun;
import switchboard.clerks.Histories;
import switchboard.clerks.TableCounts;
import switchboard.custody.Custody;
import switchboard.invariants.Json;
import switchboard.load.Kept;
import switchboard.load.Round;
import switchboard.plan.PlanReader;
import switchboard.program.Progress;

/**
 * Conversations that a supervisor escalates, 32 at a time, until one of 100 agents with a stream each has accepted what she was offered; each agent
 * may have 10. What customers wrote before, and that all is resolved and wrapped up after, is not in these figures.
 */
final class Routing implements Part {

    private static final int AGENTS = 100;
    private static final int AT_A_TIME = 32;
    private static final int CONVERSATIONS = 400;
    private static final int ROUNDS = 3;

    /** Until a round is hardly faster than the one before; no more. */
    private static final int WARM = 3;

    private static final int SAMPLE = 16;

    @Override
    public String name() {
        return "routing";
    }

    @Override
    public void measure(Stand stand, Findings findings) throws Exception {
        try (var clerks = Clerks.open(stand.caller(), stand.address(), AGENTS, stand.process(), stand.cassandra())) {
            warm(stand, clerks);
            var assigned = new ArrayList<Round>();
            var finished = new ArrayList<Round>();
            var offered = new ArrayList<List<Long>>();
            var last = List.<Begun>of();
            var agents = Map.<String, String>of();
            for (int round = 1; round <= ROUNDS; round++) {
                Progress.say("round %d of %d".formatted(round, ROUNDS));
                last = Customers.begin(stand.address(), "routing-" + round, CONVERSATIONS);
                var handed = clerks.escalated(ids(last), AT_A_TIME);
                assigned.add(handed.assigned());
                offered.add(handed.offered());
                agents = handed.agents();
                finished.add(clerks.finished(CONVERSATIONS));
            }
            report(findings, assigned, offered, finished);
            findings.note("Cassandra, for one conversation: " + touched(stand, clerks));
            check(stand, findings, clerks, last, agents);
        }
    }

    private static void warm(Stand stand, Clerks clerks) throws Exception {
        var best = 0.0;
        for (int round = 1; round <= WARM; round++) {
            var begun = Customers.begin(stand.address(), "routing-warm-" + round, CONVERSATIONS);
            var rate = clerks.escalated(ids(begun), AT_A_TIME).assigned().eventsPerSecond();
            clerks.finished(CONVERSATIONS);
            Progress.say("warming up: %,.0f a second".formatted(rate));
            if (rate < 1.05 * best) {
                return;
            }
            best = rate;
        }
    }

    /** What Cassandra does for one: outside of the rounds, since asking for it is work too. */
    private static String touched(Stand stand, Clerks clerks) throws Exception {
        var begun = Customers.begin(stand.address(), "routing-counted", CONVERSATIONS);
        var before = TableCounts.of(stand.program());
        clerks.escalated(ids(begun), AT_A_TIME);
        var assigned = TableCounts.of(stand.program());
        clerks.finished(CONVERSATIONS);
        var finished = TableCounts.of(stand.program());
        return "until assigned %s; then %s"
                .formatted(
                        assigned.since(before).per(CONVERSATIONS),
                        finished.since(assigned).per(CONVERSATIONS));
    }

    private static void report(
            Findings findings, List<Round> assigned, List<List<Long>> offered, List<Round> finished) {
        findings.add("escalated until assigned", "conversations/s", Figures.each(assigned, Round::eventsPerSecond));
        findings.add("CPU of program and Cassandra", "ms/conversation", Figures.each(assigned, Round::bothPerEvent));
        findings.add("CPU of the program", "ms/conversation", Figures.each(assigned, Round::programPerEvent));
        findings.add("escalated until offered, p50", "ms", millis(offered, 0.5));
        findings.add("escalated until offered, p99", "ms", millis(offered, 0.99));
        findings.add("escalated until assigned, p50", "ms", Figures.each(assigned, it -> it.wait(0.5)));
        findings.add("escalated until assigned, p99", "ms", Figures.each(assigned, it -> it.wait(0.99)));
        findings.add(
                "resolved and wrapped up after", "conversations/s", Figures.each(finished, Round::eventsPerSecond));
        findings.add("resolved and wrapped up: CPU", "ms/conversation", Figures.each(finished, Round::bothPerEvent));
    }

    /** Of the last round all were assigned once, to one who could take it (I5, I6); a sample is held against what was sent. */
    private static void check(
            Stand stand, Findings findings, Clerks clerks, List<Begun> last, Map<String, String> agents)
            throws Exception {
        var clock = InstantSource.system();
        var custody = new Custody(PlanReader.local());
        var all = Histories.of(stand.caller(), ids(last));
        var each = all.entrySet().stream()
                .map(it -> custody.conversation(it.getKey(), it.getValue(), clock.instant()))
                .reduce(switchboard.invariants.Findings.NONE, switchboard.invariants.Findings::and);
        var verdict = custody.verdict(clerks.shifts(clock), List.of());
        var looked = Histories.sound(each.and(verdict.findings()), "I5");
        all.forEach((id, lines) -> assignedOnce(id, lines, agents.getOrDefault(id, "nobody")));
        Kept.check(
                stand.caller(),
                IntStream.range(0, SAMPLE)
                        .mapToObj(i -> last.get(i * last.size() / SAMPLE).sent())
                        .toList());
        findings.add(
                "in the queue until offered, stored, p99",
                "ms",
                (double) verdict.queued().p99().toMillis(),
                Goal.none());
        findings.note("%,d checks of I5, none violated; %d at a time over %d agents; of what was sent %d were checked"
                .formatted(looked, AT_A_TIME, AGENTS, SAMPLE));
    }

    /** To the one who was told so, and all that came after it once. */
    private static void assignedOnce(String conversation, List<String> lines, String agent) {
        var entries = lines.stream().map(Json::read).toList();
        var assigned = entries.stream()
                .filter(it -> it.path("type").asText().equals("agent.assigned"))
                .map(it -> it.path("data").path("agent").asText())
                .toList();
        var ended = entries.stream()
                .filter(it -> it.path("type").asText().equals("wrapup.completed"))
                .count();
        if (!assigned.equals(List.of(agent)) || ended != 1) {
            throw new AssertionError(conversation + " was taken by " + agent + ", and stored is " + lines);
        }
    }

    private static List<String> ids(List<Begun> begun) {
        return begun.stream().map(Begun::conversation).toList();
    }

    private static List<Double> millis(List<List<Long>> rounds, double share) {
        return rounds.stream()
                .map(it -> it.get((int) (share * (it.size() - 1))) / 1e6)
                .toList();
    }
}
