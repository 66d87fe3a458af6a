package switchboard.insight;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What is looked for.
 *
 * @param status in the contract's words at {@code now}; empty: any
 * @param channel empty: any
 * @param terms of each set one must be a conversation's; the first set is the one that is looked up
 * @param from with {@code to}: opened not before the one, and before the other
 * @param limit conversations a page, 1 to 100
 */
public record Query(
        String tenant,
        String status,
        String channel,
        List<Set<String>> terms,
        Instant from,
        Instant to,
        int limit,
        Instant now,
        Duration reopenWindow) {

    static final String QUEUE = "queue ";

    public Query {
        terms = List.copyOf(terms);
    }

    /** The term of what that agent has. */
    public static String owner(String agent) {
        return "owner " + agent;
    }

    /** The term of what that agent has or, of all agents, had last. */
    public static String agent(String agent) {
        return "agent " + agent;
    }

    /** The term of what waits in that queue, also while it is offered. */
    public static String queue(String queue) {
        return QUEUE + queue;
    }

    boolean fits(Listed row) {
        var openedAt = row.place().openedAt();
        return (channel.isEmpty() || channel.equals(row.channel()))
                && (status.isEmpty() || status.equals(row.status(now, reopenWindow)))
                && !openedAt.isBefore(from)
                && openedAt.isBefore(to)
                && terms.stream().allMatch(any -> any.stream().anyMatch(row.terms()::contains));
    }
}
