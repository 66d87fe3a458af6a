package switchboard.conversation;

import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.pattern.StatusReply;
import switchboard.wire.Personal;
import switchboard.wire.Wire;

/** One thread of one customer on one channel; sharded by {@code tenant:conversation}. */
public final class Conversation {

    public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "Conversation");

    /** What may be asked. */
    public sealed interface Command extends Wire {}

    /** Where an order or event stands in the history; a repeat is answered as the first was. */
    public record Place(long seq) implements Wire {}

    /**
     * By whom, and under which conditions.
     *
     * @param by the agent's or supervisor's opaque id
     * @param key the {@code Idempotency-Key}, without quotes
     * @param expected the number that {@code If-Match} names; -1 for any
     */
    public record Order(String by, boolean supervisor, String key, long expected) {}

    /** Takes a gateway's event. Refused: UNKNOWN_CONVERSATION, UNKNOWN_MESSAGE, KEY_REUSED, UNAVAILABLE. */
    public record Receive(Inbound event, ActorRef<StatusReply<Place>> replyTo) implements Command {}

    /** What a person orders; each refuses KEY_REUSED, PRECONDITION_FAILED, UNAVAILABLE, and NOT_FOUND when new. */
    public sealed interface Ordered extends Command {
        Order order();

        ActorRef<StatusReply<Place>> replyTo();
    }

    /** The owner writes to the customer: 1 to 16,384 characters. Refused: NOT_OWNER. */
    public record Send(Order order, Personal text, ActorRef<StatusReply<Place>> replyTo) implements Ordered {}

    /** Something for colleagues only: 1 to 16,384 characters. */
    public record Note(Order order, Personal text, ActorRef<StatusReply<Place>> replyTo) implements Ordered {}

    /** A supervisor gives it to an agent. Refused: RESOLVED. */
    public record Assign(Order order, String agent, ActorRef<StatusReply<Place>> replyTo) implements Ordered {}

    /** The owner lets the customer wait. Held already: as it is. Refused: NOT_OWNER, WRONG_STATUS. */
    public record Hold(Order order, ActorRef<StatusReply<Place>> replyTo) implements Ordered {}

    /** The owner is back. Not held: as it is. Refused: NOT_OWNER, WRONG_STATUS. */
    public record Resume(Order order, ActorRef<StatusReply<Place>> replyTo) implements Ordered {}

    /** Ends it, by its owner, or by a supervisor while nobody owns it. Resolved already: as it is. Refused: NOT_OWNER. */
    public record Resolve(Order order, String code, ActorRef<StatusReply<Place>> replyTo) implements Ordered {}

    /** Where it stands. Refused: NOT_FOUND, UNAVAILABLE. Writes nothing. */
    public record Look(ActorRef<StatusReply<View>> replyTo) implements Command {}

    /**
     * The state as others see it.
     *
     * @param status in the contract's words
     * @param agent who has it; empty with the bot
     * @param epoch raised by every hand-over
     * @param messages sent and received
     * @param opening what is sealed of the latest opening (thread, customer), as stored at {@code openingSeq}
     */
    public record View(
            String id,
            long seq,
            String channel,
            String status,
            int episode,
            String agent,
            int epoch,
            String language,
            int messages,
            Instant openedAt,
            Instant updatedAt,
            String opening,
            long openingSeq)
            implements Wire {}

    private Conversation() {}
}
