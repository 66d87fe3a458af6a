package switchboard.custody;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.util.List;
import switchboard.invariants.Findings;

/** I5 of one agent over all conversations: nothing was offered to her beyond her capacity, nor while she was away. */
final class Loads {

    /** An offer that was on its way when she left is no fault; one that comes so much later is. */
    static final Duration ON_ITS_WAY = Duration.ofSeconds(5);

    private static final String RULE = "I5";

    /** {@code holds}: all that she held. What a person gave her counts for nothing: it may exceed what she can take. */
    static void judge(Shift shift, List<Hold> holds, Findings.Check check) {
        var offers = holds.stream()
                .filter(Hold::offered)
                .sorted(comparing(hold -> hold.span().from()))
                .toList();
        for (int i = 0; i < offers.size(); i++) {
            var offer = offers.get(i);
            var load = offer.cost().units() + load(offer, offers.subList(0, i));
            var capacity = shift.worker().units(offer.cost().pool());
            check.demand(load <= capacity, RULE, offer.conversation(), said(offer) + load + " of " + capacity);
            var away = shift.away().stream()
                    .anyMatch(it -> it.notBefore(it.from().plus(ON_ITS_WAY))
                            .has(offer.span().from()));
            check.demand(!away, RULE, offer.conversation(), said(offer) + "who is away");
        }
    }

    /** Beside that one, of all that began before. */
    private static int load(Hold offer, List<Hold> before) {
        return before.stream()
                .filter(it -> it.cost().pool() == offer.cost().pool())
                .filter(it -> it.span().has(offer.span().from()))
                .mapToInt(it -> it.cost().units())
                .sum();
    }

    private static String said(Hold offer) {
        return "offered at " + offer.span().from() + " to " + offer.agent() + ", ";
    }

    private Loads() {}
}
