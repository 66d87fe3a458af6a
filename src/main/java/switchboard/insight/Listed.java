package switchboard.insight;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import switchboard.conversation.Conversation.Facts;

/**
 * A conversation as lists show it: as of its latest milestone.
 *
 * @param seq of that milestone, at {@code at}
 * @param status in the contract's words, never {@code closed}
 * @param agent who has it; empty when none has
 * @param resolvedAt {@link Instant#EPOCH} while it is not
 * @param opening what is sealed of its latest opening, as stored at {@code openingSeq}; empty once erased
 * @param terms by what it is found: {@code owner ana}, {@code agent ana}, {@code queue billing}, {@code customer }blind index
 */
public record Listed(
        Place place,
        long seq,
        Instant at,
        String channel,
        String status,
        String agent,
        int epoch,
        String language,
        int episode,
        Instant resolvedAt,
        String opening,
        long openingSeq,
        Set<String> terms) {

    private static final Set<String> ENDED = Set.of("resolved", "abandoned");

    public Listed {
        terms = Set.copyOf(terms);
    }

    static Listed of(Facts facts, Set<String> terms) {
        return new Listed(
                placeOf(facts),
                facts.seq(),
                facts.at(),
                facts.channel(),
                facts.status(),
                facts.agent(),
                facts.epoch(),
                facts.language(),
                facts.episode(),
                facts.contacts().getLast().times().resolved(),
                facts.opening(),
                facts.openingSeq(),
                terms);
    }

    /** In which it waits, also while it is offered; empty where it does not. */
    public String queue() {
        return terms.stream()
                .filter(term -> term.startsWith(Query.QUEUE))
                .map(term -> term.substring(Query.QUEUE.length()))
                .findFirst()
                .orElse("");
    }

    static Place placeOf(Facts facts) {
        return new Place(facts.contacts().getLast().openedAt(), facts.conversation());
    }

    /** In the contract's words at {@code now}: what is resolved for longer than the window is closed. */
    public String status(Instant now, Duration reopenWindow) {
        return ENDED.contains(status) && now.isAfter(resolvedAt.plus(reopenWindow)) ? "closed" : status;
    }
}
