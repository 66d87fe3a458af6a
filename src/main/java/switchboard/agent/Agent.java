package switchboard.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.pattern.StatusReply;
import switchboard.agent.Profile.Capacity;
import switchboard.agent.Profile.Pool;
import switchboard.scribe.Desk;
import switchboard.scribe.Scribe;
import switchboard.scribe.Told;
import switchboard.wire.Personal;
import switchboard.wire.Wire;

/**
 * One who answers customers; sharded by {@code tenant:agent}. The one writer of her capacity: conversations decide what
 * she gets, the agent only counts. A reservation is {@code {conversation}.{epoch}}.
 */
public final class Agent {

    public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "Agent");

    /** What may be asked. */
    public sealed interface Command extends Wire {}

    /** What the person says of herself. */
    public enum Presence {
        OFFLINE,
        AWAY,
        BUSY,
        AVAILABLE;

        /** In the contract's words. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the system may do; derived, never written. */
    public enum Routing {
        OFF,
        READY,
        RESERVED,
        WORKING,
        WRAP_UP,
        NOT_RESPONDING;

        /** In the contract's words. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What somebody wants of an agent's record; refused: UNAVAILABLE, PRECONDITION_FAILED. */
    sealed interface Ordered extends Command {
        Order order();

        ActorRef<StatusReply<View>> replyTo();
    }

    /**
     * By whom, and under which condition.
     *
     * @param by an opaque id
     * @param self whether it is the agent herself
     * @param expected the number that {@code If-Match} names; -1 for any
     */
    public record Order(String by, boolean self, long expected) {}

    /** Creates her or changes her. The same again: as it is, whatever is expected. Refused: SUPERVISOR_ONLY. */
    public record Put(Order order, Personal name, Profile profile, ActorRef<StatusReply<View>> replyTo)
            implements Ordered {}

    /** Her name is erased, nothing new is held, and what she has goes back. Refused: NOT_FOUND. */
    public record Delete(Order order, ActorRef<StatusReply<View>> replyTo) implements Ordered {}

    /** The same again: as it is; but AVAILABLE makes her responding. Refused: NOT_FOUND. */
    public record Say(Order order, Presence presence, ActorRef<StatusReply<View>> replyTo) implements Ordered {}

    /** Refused: NOT_FOUND, UNAVAILABLE. Writes nothing. */
    public record Look(ActorRef<StatusReply<View>> replyTo) implements Command {}

    /** What a conversation tells of a reservation; each may come again, at any time. Refused: UNAVAILABLE. */
    sealed interface Counting extends Command {
        String reservation();

        ActorRef<StatusReply<Counted>> replyTo();
    }

    /** As of which number of her log it is so. */
    public record Counted(long seq) implements Wire {}

    /**
     * Takes units for an offer. Held already: as it is. Refused: NOT_FOUND, AGENT_NOT_AVAILABLE, AGENT_DISCONNECTED,
     * AGENT_NOT_RESPONDING, AGENT_FULL, RESERVATION_OVER (it has ended, or its deadline has).
     */
    public record Hold(
            String reservation, Pool pool, int units, Instant deadline, ActorRef<StatusReply<Counted>> replyTo)
            implements Counting {}

    /**
     * The conversation is hers, whether or not it was offered, and beyond her capacity too: it was decided elsewhere. Ended
     * already: as it is. Refused: NOT_FOUND.
     */
    public record Accept(String reservation, Pool pool, int units, ActorRef<StatusReply<Counted>> replyTo)
            implements Counting {}

    /** Done but for the wrap-up, which keeps the units. Not hers: as it is. */
    public record WrapUp(String reservation, ActorRef<StatusReply<Counted>> replyTo) implements Counting {}

    /** Gives the units back. Not hers, or not any more: as it is. */
    public record End(String reservation, Outcome outcome, ActorRef<StatusReply<Counted>> replyTo)
            implements Counting {}

    /** Why a hold ends. */
    public enum Outcome {
        REJECTED,
        /** She let the offer pass: so often in a row, and she counts as not responding. */
        TIMED_OUT,
        RESCINDED,
        /** It was hers and is not any more. */
        RELEASED,
        /** The conversation knows nothing of it. */
        NOT_YOURS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Her stream is up: presence lasts while one is. {@code stream} is told of every entry that is confirmed from now on,
     * and counts as gone when it ends. The same connection again: once. Refused: NOT_FOUND, UNAVAILABLE.
     *
     * @param connection of each browser its own, 1 to 100 characters
     */
    public record Connected(String connection, ActorRef<Told> stream, ActorRef<StatusReply<Following>> replyTo)
            implements Command {}

    /** That stream has ended. Where another has taken its connection over: as it is. */
    public record Disconnected(String connection, ActorRef<Told> stream) implements Command {}

    /**
     * All up to {@code view.seq()} is in the journal, all after it is told.
     *
     * @param holds the reservations that she holds there
     * @param by the incarnation that tells, to be watched: once it has ended the stream connects anew
     */
    public record Following(View view, List<String> holds, ActorRef<Command> by) implements Wire {
        public Following {
            holds = List.copyOf(holds);
        }
    }

    /** Something is owed and its time has come. */
    public record Wake() implements Command {}

    /** What the actor tells itself about its log. */
    record Inward(Scribe.Inner what) implements Command {}

    /** Followers confirmed ({@code well}) what they were told as of number {@code seq}, or could not. */
    record Heard(long seq, boolean well) implements Command {}

    /** Without a stream for so long; {@code second}: for twice so long. */
    record Grace(boolean second) implements Command {}

    /** A hold is past its deadline. */
    record Overdue(String reservation) implements Command {}

    /** What the conversation says of a reservation; empty: it could not be asked. */
    record Answered(String reservation, Question question, Standing standing) implements Command {}

    /** Nothing was to be done for some time. */
    record Idle() implements Command {}

    /** What she asks a conversation. */
    public enum Question {
        /** How it stands with the reservation. */
        STANDS,
        /** She is gone: the offer is to be rescinded; how it stands then. */
        RESCIND,
        /** She is gone for good: what is hers is to be queued again; how it stands then. */
        REQUEUE
    }

    /** What a conversation says of a reservation. */
    public enum Standing {
        OFFERED,
        ASSIGNED,
        WRAP_UP,
        /** Not hers, not any more, or never. */
        NOT_YOURS,
        /** Not to be had now. */
        UNKNOWN
    }

    /** Conversations, as an agent may ask them. What fails is asked again. */
    public interface Reservations {
        CompletionStage<Standing> ask(String tenant, String agent, String reservation, Question question);
    }

    /** What follows from agents' logs. */
    public interface Followers {
        /** Idempotent, an older seq loses, done once durable. What is not confirmed is told again. */
        CompletionStage<Done> follow(Facts facts);

        /** For those who keep nothing: after each change, connections too. May be lost. */
        void now(Facts facts);
    }

    /**
     * Where an agent stands.
     *
     * @param seq 0: there never was one
     * @param name what is sealed of her latest change, as stored at {@code nameSeq}; it has her {@code name}
     * @param offers whether she may be offered something, if she has units free
     * @param load units in use, beyond {@code capacity} too
     * @param freeSince when she last was without any work that was routed to her
     */
    public record View(
            String id,
            long seq,
            Presence presence,
            Routing routing,
            boolean offers,
            Profile profile,
            Capacity load,
            Instant freeSince,
            Instant updatedAt,
            String name,
            long nameSeq)
            implements Wire {}

    /** Tells followers anew how she stands {@link Followers#now}. Writes nothing. */
    public record Report() implements Command {}

    /**
     * A {@link View} for followers. In what is durable she counts as connected until she loses her lease.
     *
     * @param held what she holds, the oldest first
     */
    public record Facts(String tenant, View view, List<Held> held, boolean deleted) implements Wire {
        public Facts {
            held = List.copyOf(held);
        }
    }

    /** Units that a reservation or assignment takes of her. */
    public record Held(String reservation, Pool pool, int units) {}

    /** What an agent needs of the node that she lives on. */
    public record Ports(Desk desk, Reservations reservations, Followers followers, Patience patience) {}

    /**
     * How much is borne with.
     *
     * @param grace without a stream for so long, her presence is over, and after as long again she loses her chats
     * @param missedChats so many offers in a row, and she does not respond
     * @param missedCalls likewise
     */
    public record Patience(Duration grace, int missedChats, int missedCalls) {}

    /** The agent with the sharding id {@code tenant:agent}. */
    public static Behavior<Command> create(String entityId, ActorRef<ClusterSharding.ShardCommand> shard, Ports ports) {
        int colon = entityId.indexOf(':');
        return AgentEntity.create(entityId.substring(0, colon), entityId.substring(colon + 1), shard, ports);
    }

    /** The sharding id. */
    public static String entityId(String tenant, String agent) {
        return tenant + ":" + agent;
    }

    /** The sharding id of the log {@code persistenceId}. */
    public static String entityId(String persistenceId) {
        return persistenceId.substring(KEY.name().length() + 1);
    }

    /** The log's name in the journal. */
    public static String persistenceId(String tenant, String agent) {
        return KEY.name() + "|" + entityId(tenant, agent);
    }

    private Agent() {}
}
