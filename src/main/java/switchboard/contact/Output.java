package switchboard.contact;

import java.time.Instant;
import switchboard.plan.Cost;

/** What the router says to a command. */
public sealed interface Output {

    /**
     * That this agent should have this contact. The capacity counts as taken until Accept and Release, Return or Leave.
     *
     * @param epoch the item's: the conversation judges by it
     * @param deadline of the offer
     */
    record Proposal(String item, long epoch, String agent, Cost cost, Instant deadline, Decision decision)
            implements Output {}

    /** Its last step has ended: it waits in another queue now, with its key. */
    record Overflowed(String item, long epoch, String from, String to) implements Output {}

    /** A proposal of which nothing was heard by 5 s after its deadline: it waits again, the agent excluded as timed out. */
    record Unanswered(String item, long epoch, String agent) implements Output {}

    /** The command came too late or twice and changed nothing. */
    record Ignored(String item, long epoch, Reason reason) implements Output {}

    enum Reason {
        /** Nothing is known of it. */
        UNKNOWN,
        /** It waits, or was decided, in a later epoch. */
        STALE,
        /** It waits, but is not proposed. */
        NOT_PROPOSED,
        /** It is proposed in this epoch already. */
        PROPOSED,
        /** It was accepted before. */
        ACCEPTED
    }
}
