package switchboard.event;

import java.util.Set;

/** What followers are told of, each apart. */
public enum Topic {
    /** Status, owner, episode, rating, erasure. */
    STANDING,
    /** Which message of ours waits for its gateway. */
    DELIVERY,
    /** Whether and how it waits for an agent. */
    WAITING;

    private static final Set<String> MILESTONES = Set.of(
            "conversation.opened",
            "conversation.reopened",
            "conversation.resolved",
            "conversation.abandoned",
            "queue.entered",
            "reservation.created",
            "reservation.accepted",
            "reservation.rejected",
            "reservation.timed_out",
            "reservation.rescinded",
            "agent.assigned",
            "agent.released",
            "hold.started",
            "hold.ended",
            "wrapup.started",
            "wrapup.completed",
            "csat.received",
            "content.erased");
    private static final Set<String> REPORTS =
            Set.of("message.sent", "message.accepted", "message.delivered", "message.read", "message.failed");

    /** Whether an entry of that type may change it. */
    public boolean concerns(String type) {
        return (this == DELIVERY ? REPORTS : MILESTONES).contains(type) || type.equals("entry.recovered");
    }
}
