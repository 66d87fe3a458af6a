package switchboard.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.pattern.StatusReply;
import switchboard.event.Topic;
import switchboard.handling.Rules;
import switchboard.handling.Waits;
import switchboard.plan.Need;
import switchboard.scribe.Desk;
import switchboard.scribe.Scribe;
import switchboard.scribe.Told;
import switchboard.wire.Inbound;
import switchboard.wire.Personal;
import switchboard.wire.Refusal;
import switchboard.wire.Wire;

/** One thread of one customer on one channel; sharded by {@code tenant:conversation}. */
public final class Conversation {

    public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "Conversation");

    /** What may be asked; see {@link Reservation} for what queues and agents ask. */
    public sealed interface Command extends Wire
            permits Posted,
                    Ordered,
                    Look,
                    Follow,
                    Wake,
                    Inward,
                    Heard,
                    Gone,
                    Reservation.Asked,
                    Reservation.Inner,
                    Bot.Inner {}

    /** Where an order or event stands in the history; a repeat is answered as the first was. */
    public record Place(long seq) implements Wire {}

    /**
     * By whom (an agent's or supervisor's opaque id), and under which conditions.
     *
     * @param key the {@code Idempotency-Key}, without quotes
     * @param expected the number that {@code If-Match} names; -1 for any
     */
    public record Order(String by, boolean supervisor, String key, long expected) {}

    /** What gateways post, in order, written in one go. */
    sealed interface Posted extends Command {
        List<Inbound> events();

        void answer(StatusReply<Outcomes> reply);
    }

    /** Takes a gateway's event. Refused: UNKNOWN_CONVERSATION, UNKNOWN_MESSAGE, KEY_REUSED, UNAVAILABLE. */
    public record Receive(Inbound event, ActorRef<StatusReply<Place>> replyTo) implements Posted {
        @Override
        public List<Inbound> events() {
            return List.of(event);
        }

        @Override
        public void answer(StatusReply<Outcomes> reply) {
            replyTo.tell(
                    reply.isError()
                            ? StatusReply.error(reply.getError())
                            : reply.getValue().outcomes().getFirst().place());
        }
    }

    /**
     * Takes several. Each is answered by itself; one that is refused leaves no trace and does not keep back the others.
     * Their stored form together has to fit into one batch of the journal. Refused as a whole: UNAVAILABLE.
     */
    public record ReceiveAll(List<Inbound> events, ActorRef<StatusReply<Outcomes>> replyTo) implements Posted {
        public ReceiveAll {
            events = List.copyOf(events);
        }

        @Override
        public void answer(StatusReply<Outcomes> reply) {
            replyTo.tell(reply);
        }
    }

    /** One for each event, in their order. */
    public record Outcomes(List<Outcome> outcomes) implements Wire {
        public Outcomes {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** Where an event stands; or 0 and the name of the {@link Refusal}. */
    public record Outcome(long seq, String refusal) implements Wire {
        static Outcome at(long seq) {
            return new Outcome(seq, "");
        }

        static Outcome not(Refusal why) {
            return new Outcome(0, why.name());
        }

        StatusReply<Place> place() {
            return refusal.isEmpty()
                    ? StatusReply.success(new Place(seq))
                    : Refusal.valueOf(refusal).reply();
        }
    }

    /** What a person orders; each refuses KEY_REUSED, PRECONDITION_FAILED, UNAVAILABLE, and NOT_FOUND when new. */
    public sealed interface Ordered extends Command {
        Order order();

        ActorRef<StatusReply<Place>> replyTo();
    }

    /** The owner writes to the customer: 1 to 16,384 characters. Refused: NOT_OWNER. */
    public record Send(Order order, Personal text, ActorRef<StatusReply<Place>> replyTo) implements Ordered {}

    /** Something for colleagues only: 1 to 16,384 characters. */
    public record Note(Order order, Personal text, ActorRef<StatusReply<Place>> replyTo) implements Ordered {}

    /** A supervisor gives it to an agent; {@code exists}: whether there is one of that name. Refused: NO_SUCH_AGENT, RESOLVED. */
    public record Assign(Order order, String agent, boolean exists, ActorRef<StatusReply<Place>> replyTo)
            implements Ordered {}

    /** The owner lets the customer wait. Held already: as it is. Refused: NOT_OWNER, WRONG_STATUS. */
    public record Hold(Order order, ActorRef<StatusReply<Place>> replyTo) implements Ordered {}

    /** The owner is back. Not held: as it is. Refused: NOT_OWNER, WRONG_STATUS. */
    public record Resume(Order order, ActorRef<StatusReply<Place>> replyTo) implements Ordered {}

    /**
     * Ends it, by its owner, who first wraps it up where the plan says so, or by a supervisor while nobody owns it. Resolved
     * already: as it is. Refused: NOT_OWNER.
     */
    public record Resolve(Order order, String code, ActorRef<StatusReply<Place>> replyTo) implements Ordered {}

    /** Its owner has wrapped it up. Refused: NOT_OWNER, WRONG_STATUS, RESOLVED (also where time ended it before). */
    public record WrapUp(Order order, String code, ActorRef<StatusReply<Place>> replyTo) implements Ordered {}

    /**
     * A person is needed, for a reason in a word. Waits already: as it is. Refused: OWNED, RESOLVED.
     *
     * @param queue empty, or none of the plan's: the default one
     * @param skills asked for besides the queue's
     * @param priority by the plan's name; empty, or none of those: none
     */
    public record Escalate(
            Order order,
            String queue,
            List<Need> skills,
            String priority,
            String reason,
            ActorRef<StatusReply<Place>> replyTo)
            implements Ordered {
        public Escalate {
            skills = List.copyOf(skills);
        }
    }

    /**
     * The owner, or a supervisor, hands it over at once: to an agent, or to a queue ({@code exists}), of which one is empty. Before
     * it is anybody's only a supervisor may, and only to a queue. There already: as it is. Refused: NO_SUCH_AGENT, NOT_OWNER,
     * WRONG_STATUS, RESOLVED.
     */
    public record Transfer(
            Order order, String agent, String queue, boolean exists, ActorRef<StatusReply<Place>> replyTo)
            implements Ordered {}

    /** Deletes the keys of all that was said so far; the chain stays whole. Nothing left to erase: as it is. */
    public record Erase(Order order, ActorRef<StatusReply<Place>> replyTo) implements Ordered {}

    /** Something is owed and its time has come. */
    public record Wake() implements Command {}

    /** What the actor tells itself about its log. */
    record Inward(Scribe.Inner what) implements Command {}

    /** A follower confirmed ({@code well}) what it was told of as number {@code seq}, or could not. */
    record Heard(Topic topic, long seq, boolean well) implements Command {}

    /** A reader has ended. */
    record Gone(ActorRef<Told> reader) implements Command {}

    /**
     * Tells {@code reader} of every entry that is confirmed from now on, in order; again from the same reader: no second
     * time. It is forgotten when it ends. Refused: NOT_FOUND, UNAVAILABLE. Writes nothing.
     */
    public record Follow(ActorRef<Told> reader, ActorRef<StatusReply<Following>> replyTo) implements Command {}

    /**
     * All up to {@code view.seq()} is in the journal, all after it is told.
     *
     * @param by the incarnation that tells, to be watched: once it has ended the reader follows anew
     */
    public record Following(View view, ActorRef<Command> by) implements Wire {}

    /**
     * Where a conversation stands, for followers. For {@link Topic#STANDING} as of the latest milestone, so that a rebuild
     * from the log gives the same.
     *
     * @param status in the contract's words, never {@code closed}
     * @param queue in which it waits, also while it is offered; empty where it does not
     * @param contacts its episodes, the first first
     * @param opening what is sealed of the latest opening, as stored at {@code openingSeq}; empty once erased
     * @param waiting the number of the first message of ours that no gateway has accepted; 0: none
     * @param waits how it waits for an agent; empty where it does not
     */
    public record Facts(
            String tenant,
            String conversation,
            long seq,
            Instant at,
            String channel,
            String status,
            String agent,
            String queue,
            int epoch,
            String language,
            int episode,
            List<Replay.Contact> contacts,
            String opening,
            long openingSeq,
            long waiting,
            Optional<Waits> waits)
            implements Wire {}

    /** What is derived from logs: idempotent, an older seq loses, done once durable. What is not confirmed is told again. */
    public interface Followers {
        CompletionStage<Done> follow(Topic topic, Facts facts);
    }

    /** Where it stands. Refused: NOT_FOUND, UNAVAILABLE. Writes nothing. */
    public record Look(ActorRef<StatusReply<View>> replyTo) implements Command {}

    /**
     * The state as others see it.
     *
     * @param status in the contract's words
     * @param agent who has it; empty when none has
     * @param queue in which it waits, also while it is offered; empty where it does not
     * @param offered the agent who is offered it; empty when none is
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
            String queue,
            String offered,
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
     * @param followers are told after each milestone, off the acknowledgement's path
     * @param agents are told of reservations, likewise
     * @param bots are asked what to answer, likewise
     * @param rules the routing plan of a tenant
     * @param reopenWindow how long after its resolution a conversation is taken up again rather than opened anew
     */
    public record Ports(
            Desk desk,
            Followers followers,
            Reservation.Agents agents,
            Bot.Bots bots,
            Function<String, Rules> rules,
            Duration reopenWindow) {}

    private Conversation() {}
}
