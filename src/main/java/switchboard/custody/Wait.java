package switchboard.custody;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import switchboard.plan.Need;
import switchboard.plan.Plan;
import switchboard.plan.Queue;

/**
 * A conversation that waited without being offered to anybody.
 *
 * @param needs besides the queue's
 * @param language of the customer; empty: not known
 * @param since when it came into the queue: from then on the queue's steps run
 * @param last the agent who is preferred; empty: none
 * @param turned who did not take it before
 */
record Wait(
        String conversation,
        String channel,
        String language,
        String queue,
        List<Need> needs,
        Instant since,
        String last,
        List<Turned> turned,
        Span span) {

    /** That an agent rejected it or let the offer pass. */
    record Turned(String agent, Instant at) {}

    Wait {
        needs = List.copyOf(needs);
        turned = List.copyOf(turned);
    }

    /** From when on {@code worker} could have been offered it, if she was there; empty: not at all. */
    Optional<Span> able(Worker worker, Plan plan) {
        var line = plan.queueOrDefault(queue);
        if (!worker.queues().contains(line.name())) {
            return Optional.empty();
        }
        return begins(worker, line).map(span::notBefore).map(it -> it.notBefore(after(worker, line)));
    }

    /** When the first step begins whose skills and language she has. */
    private Optional<Instant> begins(Worker worker, Queue line) {
        var begin = since;
        for (int i = 0; i < line.steps().size(); i++) {
            var step = line.steps().get(i);
            var understood =
                    !step.language() || language.isEmpty() || worker.languages().contains(language);
            if (understood && can(worker.skills(), line.needs(i, needs))) {
                return Optional.of(begin);
            }
            begin = begin.plus(step.lasts());
        }
        return Optional.empty();
    }

    private static boolean can(SortedMap<String, Integer> skills, List<Need> needs) {
        return needs.stream().allMatch(need -> skills.getOrDefault(need.skill(), 0) >= need.level());
    }

    /** Before that it was kept for another one, or kept from her. */
    private Instant after(Worker worker, Queue line) {
        var kept = last.isEmpty() || last.equals(worker.agent()) ? Instant.MIN : since.plus(line.lastAgent());
        return turned.stream()
                .filter(it -> it.agent().equals(worker.agent()))
                .map(it -> it.at().plus(line.coolDown()))
                .reduce(kept, Span::later);
    }
}
