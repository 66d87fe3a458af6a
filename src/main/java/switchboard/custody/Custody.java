package switchboard.custody;

import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import switchboard.invariants.Findings;
import switchboard.plan.Plan;

/**
 * I5 and I6 of a run: conversations' histories, one after the other, and then what agents say of their shifts. The clocks of
 * program and agents must not be apart by more than a second, and nobody else's contacts may have gone to these agents.
 * Safe for many threads.
 */
public final class Custody {

    /**
     * From the first answer after an outage until nobody needs to wait any more: what is owed is looked for at the start and
     * every 10 s, and those who follow streams come again within 2 s.
     */
    public static final Duration HEALING = Duration.ofSeconds(20);

    /**
     * How much there was to find fault with.
     *
     * @param waits how often a conversation waited
     * @param longer how many of them longer than {@link Idleness#LONGEST}
     * @param waited all of them together
     * @param leftOut what of it was not judged, because the program was down or had not healed
     */
    public record Waited(long waits, long longer, Duration waited, Duration leftOut) {}

    /**
     * How long something took, over a run.
     *
     * @param count how often; of them {@code p50}, {@code p99} and the {@code longest}, zero for none
     */
    public record Spread(int count, Duration p50, Duration p99, Duration longest) {

        public static Spread of(Collection<Duration> all) {
            var sorted = all.stream().sorted().toList();
            return new Spread(sorted.size(), share(sorted, 0.5), share(sorted, 0.99), share(sorted, 1));
        }

        private static Duration share(List<Duration> sorted, double share) {
            return sorted.isEmpty()
                    ? Duration.ZERO
                    : sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
        }
    }

    /**
     * What was found, and in how much.
     *
     * @param queued how long conversations waited in all, those without outages
     * @param needless how much of that somebody was idle who could have had it: what is left is lack of people
     */
    public record Verdict(Findings findings, Waited waited, Spread queued, Spread needless) {}

    private final Plan plan;
    private final List<Hold> holds = new ArrayList<>();
    private final List<Wait> waits = new ArrayList<>();

    /** By the plan that was in force. */
    public Custody(Plan plan) {
        this.plan = plan;
    }

    /** Of one conversation alone; {@code lines}: its history as it was served at {@code read}. */
    public Findings conversation(String id, List<String> lines, Instant read) {
        var facts = lines.stream().map(Fact::of).toList();
        var check = new Findings.Check();
        Ownership.judge(id, facts, check);
        var story = Story.of(id, facts, plan, read);
        synchronized (this) {
            holds.addAll(story.holds());
            waits.addAll(story.waits());
        }
        return check.findings();
    }

    /** Of all of them together; {@code outages}: when the program did not answer. */
    public synchronized Verdict verdict(List<Shift> shifts, List<Span> outages) {
        var check = new Findings.Check();
        var byAgent = holds.stream().collect(groupingBy(Hold::agent));
        shifts.forEach(it -> Loads.judge(it, byAgent.getOrDefault(it.worker().agent(), List.of()), check));
        var idleness = new Idleness(plan, byAgent, shifts);
        waits.forEach(it -> idleness.judge(it, healthy(it, outages), check));
        var whole = waits.stream()
                .filter(it -> healthy(it, outages).equals(List.of(it.span())))
                .toList();
        return new Verdict(
                check.findings(),
                waited(outages),
                Spread.of(whole.stream().map(it -> it.span().length()).toList()),
                Spread.of(whole.stream().map(idleness::needless).toList()));
    }

    /** Each and the time to heal after it. */
    public static List<Span> healing(List<Span> outages) {
        return outages.stream()
                .map(it -> new Span(it.from(), it.until().plus(HEALING)))
                .toList();
    }

    /** What of a wait is to be judged. */
    private static List<Span> healthy(Wait wait, List<Span> outages) {
        return wait.span().without(healing(outages));
    }

    private Waited waited(List<Span> outages) {
        var all = waits.stream().map(Wait::span).toList();
        var judged = waits.stream().flatMap(it -> healthy(it, outages).stream()).toList();
        return new Waited(
                all.size(),
                all.stream()
                        .filter(it -> it.length().compareTo(Idleness.LONGEST) > 0)
                        .count(),
                Span.sum(all),
                Span.sum(all).minus(Span.sum(judged)));
    }
}
