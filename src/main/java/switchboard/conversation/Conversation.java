package switchboard.conversation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.pattern.StatusReply;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Keyring;
import switchboard.log.Unconfirmed;
import switchboard.wire.Inbound;
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

    /** Deletes the keys of all that was said so far; the chain stays whole. Nothing left to erase: as it is. */
    public record Erase(Order order, ActorRef<StatusReply<Place>> replyTo) implements Ordered {}

    /** Something is owed and its time has come. */
    public record Wake() implements Command {}

    /** What the actor tells itself: all rows of the last number are read. */
    record Looked(List<Entry> rows) implements Command {}

    /** The episode's key is here; empty when it was deleted behind our back. */
    record Unlocked(Optional<DataKey> key) implements Command {}

    /** A new key is here; empty when none can be had. */
    record Taken(Optional<DataKey> key) implements Command {}

    /** These erased keys are deleted from the vault. */
    record Forgotten(List<String> keys) implements Command {}

    /** They are not, yet: the debt's row stays. */
    record Later() implements Command {}

    /** Something that the actor needed before it can go on is not to be had. */
    record Broken(Throwable why) implements Command {}

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

    /** The id by which others name the message of ours with number {@code seq}. */
    public static String messageId(String conversation, long seq) {
        return conversation + "." + seq;
    }

    /** The inverse; 0 when {@code id} names no message of this conversation. */
    static long messageSeq(String conversation, String id) {
        var digits = id.startsWith(conversation + ".") ? id.substring(conversation.length() + 1) : "";
        return digits.matches("[1-9][0-9]{0,8}") ? Long.parseLong(digits) : 0;
    }

    /** The conversation with the sharding id {@code tenant:conversation}. */
    public static Behavior<Command> create(String entityId, ActorRef<ClusterSharding.ShardCommand> shard, Ports ports) {
        int colon = entityId.indexOf(':');
        return ConversationEntity.create(entityId.substring(0, colon), entityId.substring(colon + 1), shard, ports);
    }

    /** The sharding id of the log {@code persistenceId}. */
    public static String entityId(String persistenceId) {
        return persistenceId.substring(KEY.name().length() + 1);
    }

    /** The sharding id. */
    public static String entityId(String tenant, String conversation) {
        return tenant + ":" + conversation;
    }

    /** The log's name in the journal. */
    public static String persistenceId(String tenant, String conversation) {
        return KEY.name() + "|" + entityId(tenant, conversation);
    }

    /**
     * What a conversation needs of the node that it lives on.
     *
     * @param rowsAt all rows of one number of one log, in the journal's order
     * @param owe writes the debt's row: this log is to be woken then; again: the later call counts
     * @param settle deletes it
     * @param heads takes note of a log's confirmed head, off the acknowledgement's path
     * @param writers the next incarnation's number, higher than any before, across restarts
     * @param unconfirmed what is being written on this node
     * @param reopenWindow how long after its resolution a conversation is taken up again rather than opened anew
     * @param lateWrites counts entries that had to be appended again
     */
    public record Ports(
            Keyring keys,
            BiFunction<String, Long, CompletionStage<List<Entry>>> rowsAt,
            BiFunction<String, Instant, CompletionStage<Done>> owe,
            Function<String, CompletionStage<Done>> settle,
            BiConsumer<String, Head> heads,
            LongSupplier writers,
            Unconfirmed unconfirmed,
            InstantSource clock,
            Duration reopenWindow,
            LongAdder lateWrites) {}

    private Conversation() {}
}
