package switchboard.custody;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import switchboard.invariants.Findings;
import switchboard.plan.Plan;

/**
 * I6: once healed nobody waits for more than five seconds while an able agent is idle. Able is who has what the queue asks
 * for at that moment and is neither kept from it nor it from her; idle, who is there and has units free, all that time.
 */
final class Idleness {

    /** So long nobody may wait beside an able agent. */
    static final Duration LONGEST = Duration.ofSeconds(5);

    private static final String RULE = "I6";

    private final Plan plan;
    private final Map<String, List<Hold>> holds;
    private final List<Shift> shifts;

    /** {@code holds}: by agent. */
    Idleness(Plan plan, Map<String, List<Hold>> holds, List<Shift> shifts) {
        this.plan = plan;
        this.holds = holds;
        this.shifts = List.copyOf(shifts);
    }

    /** {@code judged}: what of it is to be judged. */
    void judge(Wait wait, List<Span> judged, Findings.Check check) {
        var beside = "";
        for (var healthy : judged) {
            if (healthy.length().compareTo(LONGEST) > 0) {
                for (var shift : shifts) {
                    beside = beside.isEmpty() ? beside(wait, healthy, shift) : beside;
                }
            }
        }
        check.demand(beside.isEmpty(), RULE, wait.conversation(), "waits in " + wait.queue() + beside);
    }

    /** How much of the wait somebody was idle beside it. */
    Duration needless(Wait wait) {
        var left = List.of(wait.span());
        for (var shift : shifts) {
            var idle = beside(wait, wait.span(), shift, Duration.ZERO).toList();
            left = left.stream().flatMap(it -> it.without(idle).stream()).toList();
        }
        return wait.span().length().minus(Span.sum(left));
    }

    /** How long one agent was idle beside it, where that is too long; else empty. */
    private String beside(Wait wait, Span healthy, Shift shift) {
        return beside(wait, healthy, shift, LONGEST)
                .findFirst()
                .map(it -> " beside " + shift.worker().agent() + " from " + it.from() + " to " + it.until())
                .orElse("");
    }

    /** When one agent was idle beside it, for longer than that each time. */
    private Stream<Span> beside(Wait wait, Span healthy, Shift shift, Duration longer) {
        var worker = shift.worker();
        var able = wait.able(worker, plan).map(healthy::and).orElse(new Span(Instant.MAX, Instant.MIN));
        return shift.able().stream()
                .map(able::and)
                .filter(it -> it.length().compareTo(longer) > 0)
                .flatMap(it -> idle(wait, it, worker).stream())
                .filter(it -> it.length().compareTo(longer) > 0);
    }

    /** When in {@code while} she had units enough, in stretches as long as they were. */
    private List<Span> idle(Wait wait, Span span, Worker worker) {
        var cost = plan.cost(wait.channel());
        var mine = holds.getOrDefault(worker.agent(), List.of()).stream()
                .filter(it -> it.cost().pool() == cost.pool())
                .filter(it -> it.span().and(span).length().isPositive())
                .toList();
        var moments = new TreeSet<>(List.of(span.from(), span.until()));
        mine.forEach(it -> moments.add(Span.later(it.span().from(), span.from())));
        mine.forEach(it -> moments.add(it.span().and(span).until()));
        var full = new ArrayList<Span>();
        for (var from : moments.headSet(span.until())) {
            var load = mine.stream()
                    .filter(it -> it.span().has(from))
                    .mapToInt(it -> it.cost().units())
                    .sum();
            if (load + cost.units() > worker.units(cost.pool())) {
                full.add(new Span(from, moments.tailSet(from, false).first()));
            }
        }
        return span.without(full);
    }
}
