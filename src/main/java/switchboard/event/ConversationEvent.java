package switchboard.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import switchboard.agent.Profile.Pool;
import switchboard.deciding.Decision.Evidence;
import switchboard.handling.Line;
import switchboard.log.Entry;
import switchboard.plan.Key;
import switchboard.plan.Need;
import switchboard.understanding.Understood.Guess;

/**
 * What has happened in a conversation: the plain part of an entry's contents. {@link #of} has the names on disk, which
 * are for good; a field once written is never given another meaning.
 */
public sealed interface ConversationEvent {

    /** Changes who has it. */
    sealed interface Handed extends ConversationEvent {}

    /**
     * An episode begins. {@code by}: customer or us; {@code rule}: how the thread was made canonical; {@code language} and
     * {@code tier}: the customer's, as the channel said.
     */
    record Opened(String by, String channel, int rule, String language, String tier) implements ConversationEvent {}

    /** The customer came back within the window: the same episode, with the bot. */
    record Reopened(String by) implements Handed {}

    /** The customer wrote. {@code time}: at the gateway, as it said. */
    record Received(String time) implements ConversationEvent {}

    /**
     * We wrote.
     *
     * @param author an agent's id, {@code bot} or {@code system}
     * @param versions of what the bot answered with; empty where it was not the bot
     * @param sources that the bot's answer cites
     * @param confidence of what the bot had understood, 0 to 1
     */
    record Sent(String author, Map<String, String> versions, List<String> sources, double confidence)
            implements ConversationEvent {

        /** A person, or the system, wrote. */
        public static Sent by(String author) {
            return new Sent(author, Map.of(), List.of(), 0);
        }
    }

    /**
     * What the bot decided to do about what the customer wrote.
     *
     * @param from number of the first entry that it went by, {@code upTo} of the last
     * @param epoch in which it was asked
     * @param language in which it answers
     * @param intent that it understood, with its {@code confidence} (0 to 1) and others that it thought of
     * @param action answer, ask_back, hand_over or silence
     * @param reason why a person is needed, or nothing is said; empty else
     * @param evidence of the rule that fired: words of a grammar, numbers, our own ids
     * @param sources the article and what it cites; empty unless it is an answer
     * @param versions of bot, knowledge, wishes, policy and grammar
     * @param wantsPerson whether the customer said that he always wants a person
     */
    record BotDecided(
            long from,
            long upTo,
            int epoch,
            String language,
            String intent,
            double confidence,
            List<Guess> guesses,
            String action,
            String reason,
            List<Evidence> evidence,
            List<String> sources,
            Map<String, String> versions,
            boolean wantsPerson)
            implements ConversationEvent {}

    /** What the channel reports of the message that we sent as number {@code of}. */
    sealed interface Reported extends ConversationEvent {
        long of();
    }

    record Accepted(long of, String time) implements Reported {}

    record Delivered(long of, String time) implements Reported {}

    record Read(long of, String time) implements Reported {}

    /** {@code reason}: only our own words ({@code expired}, {@code erased}); a gateway's are sealed. */
    record Failed(long of, String time, String reason) implements Reported {}

    /** It is {@code agent}'s now; {@code epoch} counts the hand-overs. */
    record Assigned(String agent, int epoch, String by) implements Handed {}

    /** It is no longer {@code agent}'s. */
    record Released(String agent, int epoch, String reason) implements Handed {}

    /** A person is needed. {@code reason}: a code. */
    record Escalated(String by, String reason, List<Need> skills, String priority) implements ConversationEvent {}

    /**
     * It waits, from {@code epoch} on.
     *
     * @param entered with {@code boost} and {@code target} (ISO 8601; empty: none) what decides whose turn it is
     * @param plan the version of the routing plan that said so
     * @param since when it came into this queue, where that was earlier; empty: now
     * @param last the agent who is preferred, having had it before; empty: none
     * @param reason escalated, transferred, overflowed or requeued
     */
    record QueueEntered(
            String queue,
            List<Need> skills,
            String priority,
            String entered,
            String boost,
            String target,
            long plan,
            int epoch,
            String since,
            String last,
            String reason)
            implements Handed {

        /** {@code at}: when this is said; a line that is older keeps its time. */
        public static QueueEntered of(Line line, long plan, int epoch, Instant at, String reason) {
            var key = line.key();
            return new QueueEntered(
                    line.queue(),
                    line.skills(),
                    line.priority(),
                    key.enteredAt().toString(),
                    text(key.boost()),
                    text(key.target()),
                    plan,
                    epoch,
                    line.since().equals(at) ? "" : line.since().toString(),
                    line.last(),
                    reason);
        }

        /** {@code at}: the entry's. */
        public Line line(Instant at) {
            return new Line(
                    queue,
                    skills,
                    priority,
                    new Key(Instant.parse(entered), duration(boost), duration(target)),
                    since.isEmpty() ? at : Instant.parse(since),
                    last,
                    List.of());
        }

        private static String text(Duration duration) {
            return duration.isZero() ? "" : duration.toString();
        }

        private static Duration duration(String text) {
            return text.isEmpty() ? Duration.ZERO : Duration.parse(text);
        }
    }

    /** {@code reason}: accepted, assigned, transferred, overflowed, abandoned or resolved. */
    record QueueLeft(String queue, int epoch, String reason) implements ConversationEvent {}

    /** What becomes of an offer. */
    sealed interface Offered extends Handed {
        /** {@code {conversation}.{epoch}}. */
        String reservation();

        String agent();
    }

    /** It is offered to {@code agent} until {@code deadline}. {@code decision}: why to her, as the router recorded it. */
    record ReservationCreated(
            String reservation,
            String agent,
            String deadline,
            String queue,
            List<Need> skills,
            Pool pool,
            int units,
            JsonNode decision)
            implements Offered {}

    record ReservationAccepted(String reservation, String agent) implements Offered {}

    /** It waits again, from {@code epoch} on, with its old place. */
    sealed interface Returned extends Offered {
        int epoch();
    }

    record ReservationRejected(String reservation, String agent, int epoch) implements Returned {}

    record ReservationTimedOut(String reservation, String agent, int epoch) implements Returned {}

    /** {@code reason}: assigned, customer_left or agent_lost. */
    record ReservationRescinded(String reservation, String agent, int epoch, String reason) implements Returned {}

    /** {@code mode}: cold; to the agent or the queue, of which one is empty. */
    record TransferRequested(String by, String mode, String agent, String queue) implements ConversationEvent {}

    record TransferCompleted(String by, String mode, String agent, String queue) implements ConversationEvent {}

    record HoldStarted(String by) implements Handed {}

    record HoldEnded(String by) implements Handed {}

    record NoteAdded(String author) implements ConversationEvent {}

    record CustomerLeft(String time) implements ConversationEvent {}

    /**
     * The agent finishes what is left to do.
     *
     * @param code what it came to, as she said; empty: not yet
     * @param until when it ends by itself; empty: never
     */
    record WrapUpStarted(String by, String code, String until) implements Handed {
        public static WrapUpStarted of(String by, String code, Instant until) {
            return new WrapUpStarted(by, code, until.equals(Instant.MAX) ? "" : until.toString());
        }

        public Instant limit() {
            return until.isEmpty() ? Instant.MAX : Instant.parse(until);
        }
    }

    record WrapUpCompleted(String by, String code) implements ConversationEvent {}

    record Resolved(String by, String code) implements Handed {}

    /** The customer left before anybody had it. */
    record Abandoned(String by) implements Handed {}

    /** {@code score} 1 to 5, for the latest episode. */
    record Rated(int score, String time) implements ConversationEvent {}

    record ConsentGiven(String purpose, String time) implements ConversationEvent {}

    record ConsentWithdrawn(String purpose, String time) implements ConversationEvent {}

    /** An order found that what it wants is so already; its repeat is answered from here. {@code order}: its route's word. */
    record OrderSatisfied(String by, String order) implements ConversationEvent {}

    /** The data keys with these ids are deleted, and with them what was sealed. */
    record Erased(String by, List<String> keys) implements ConversationEvent {
        public Erased {
            keys = List.copyOf(keys);
        }
    }

    /** An entry that was written as number {@code of}, does not stand there, and whose effect was missing. */
    record Recovered(long of, String hash, String type, String at, JsonNode original) implements ConversationEvent {}

    /** The name on disk. */
    static String type(ConversationEvent event) {
        return switch (event) {
            case Opened _ -> "conversation.opened";
            case Reopened _ -> "conversation.reopened";
            case Received _ -> "message.received";
            case Sent _ -> "message.sent";
            case BotDecided _ -> "bot.decided";
            case Accepted _ -> "message.accepted";
            case Delivered _ -> "message.delivered";
            case Read _ -> "message.read";
            case Failed _ -> "message.failed";
            case Assigned _ -> "agent.assigned";
            case Released _ -> "agent.released";
            case Escalated _ -> "conversation.escalated";
            case QueueEntered _ -> "queue.entered";
            case QueueLeft _ -> "queue.left";
            case ReservationCreated _ -> "reservation.created";
            case ReservationAccepted _ -> "reservation.accepted";
            case ReservationRejected _ -> "reservation.rejected";
            case ReservationTimedOut _ -> "reservation.timed_out";
            case ReservationRescinded _ -> "reservation.rescinded";
            case TransferRequested _ -> "transfer.requested";
            case TransferCompleted _ -> "transfer.completed";
            case Abandoned _ -> "conversation.abandoned";
            case HoldStarted _ -> "hold.started";
            case HoldEnded _ -> "hold.ended";
            case NoteAdded _ -> "note.added";
            case CustomerLeft _ -> "customer.left";
            case WrapUpStarted _ -> "wrapup.started";
            case WrapUpCompleted _ -> "wrapup.completed";
            case Resolved _ -> "conversation.resolved";
            case Rated _ -> "csat.received";
            case ConsentGiven _ -> "consent.given";
            case ConsentWithdrawn _ -> "consent.withdrawn";
            case OrderSatisfied _ -> "order.satisfied";
            case Erased _ -> "content.erased";
            case Recovered _ -> "entry.recovered";
        };
    }

    /** What {@code entry} says; an {@link IllegalStateException} for a name that this version does not know. */
    static ConversationEvent of(Entry entry) {
        return entry.data(shape(entry));
    }

    private static Class<? extends ConversationEvent> shape(Entry entry) {
        return switch (entry.type()) {
            case "conversation.opened" -> Opened.class;
            case "conversation.reopened" -> Reopened.class;
            case "message.received" -> Received.class;
            case "message.sent" -> Sent.class;
            case "bot.decided" -> BotDecided.class;
            case "message.accepted" -> Accepted.class;
            case "message.delivered" -> Delivered.class;
            case "message.read" -> Read.class;
            case "message.failed" -> Failed.class;
            case "agent.assigned" -> Assigned.class;
            case "agent.released" -> Released.class;
            case "conversation.escalated" -> Escalated.class;
            case "queue.entered" -> QueueEntered.class;
            case "queue.left" -> QueueLeft.class;
            case "reservation.created" -> ReservationCreated.class;
            case "reservation.accepted" -> ReservationAccepted.class;
            case "reservation.rejected" -> ReservationRejected.class;
            case "reservation.timed_out" -> ReservationTimedOut.class;
            case "reservation.rescinded" -> ReservationRescinded.class;
            case "transfer.requested" -> TransferRequested.class;
            case "transfer.completed" -> TransferCompleted.class;
            case "conversation.abandoned" -> Abandoned.class;
            case "hold.started" -> HoldStarted.class;
            case "hold.ended" -> HoldEnded.class;
            case "note.added" -> NoteAdded.class;
            case "customer.left" -> CustomerLeft.class;
            case "wrapup.started" -> WrapUpStarted.class;
            case "wrapup.completed" -> WrapUpCompleted.class;
            case "conversation.resolved" -> Resolved.class;
            case "csat.received" -> Rated.class;
            case "consent.given" -> ConsentGiven.class;
            case "consent.withdrawn" -> ConsentWithdrawn.class;
            case "order.satisfied" -> OrderSatisfied.class;
            case "content.erased" -> Erased.class;
            case "entry.recovered" -> Recovered.class;
            default -> // names on disk are text: that each event has its own is held by EntrySamplesTest
                throw new IllegalStateException(
                        "entry " + entry.seq() + " is of a type that this version does not know: " + entry.type());
        };
    }
}
