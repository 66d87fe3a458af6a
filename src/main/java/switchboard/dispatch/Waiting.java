package switchboard.dispatch;

import java.util.List;
import java.util.Optional;
import switchboard.contact.Item;
import switchboard.contact.Item.Exclusion;
import switchboard.contact.Item.Pin;
import switchboard.contact.Item.Reason;
import switchboard.conversation.Conversation.Facts;
import switchboard.handling.Line;
import switchboard.handling.Line.Turned;
import switchboard.plan.Plan;
import switchboard.plan.Queue;

/**
 * A conversation that waits, as it says of itself.
 *
 * @param epoch of which it would take a proposal
 * @param language of the customer; empty: not known
 * @param offered to whom it is offered; empty: to nobody now
 */
record Waiting(String conversation, int epoch, String channel, String language, Line line, String offered) {

    /** Empty where it does not wait. */
    static Optional<Waiting> of(Facts facts) {
        return facts.waits()
                .map(waits -> new Waiting(
                        facts.conversation(),
                        facts.epoch(),
                        facts.channel(),
                        facts.language(),
                        waits.line(),
                        waits.offered()));
    }

    /** As the router takes it: who is kept from it, and for whom it is kept, follows from the plan in force. */
    Item item(Plan plan) {
        var queue = plan.queueOrDefault(line.queue());
        return new Item(
                conversation,
                epoch,
                queue.name(),
                line.since(),
                channel,
                line.skills(),
                language,
                line.key(),
                pin(queue),
                excluded(queue));
    }

    private Pin pin(Queue queue) {
        return line.last().isEmpty() || queue.lastAgent().isZero()
                ? Pin.NONE
                : new Pin(line.last(), line.since().plus(queue.lastAgent()), false);
    }

    private List<Exclusion> excluded(Queue queue) {
        return line.turned().stream().map(turned -> exclusion(turned, queue)).toList();
    }

    private static Exclusion exclusion(Turned turned, Queue queue) {
        var reason = turned.timedOut() ? Reason.TIMED_OUT : Reason.REJECTED;
        return new Exclusion(turned.agent(), turned.at().plus(queue.coolDown()), reason);
    }
}
