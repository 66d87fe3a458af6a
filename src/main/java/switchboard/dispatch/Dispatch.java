package switchboard.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.pattern.StatusReply;
import switchboard.agent.Agent;
import switchboard.contact.Output;
import switchboard.conversation.Conversation;
import switchboard.event.Topic;
import switchboard.handling.Rules;
import switchboard.wire.Refusal;
import switchboard.wire.Wire;

/** Who finds agents for what waits, one a tenant; sharded by the tenant. In memory only: it can end at any moment. */
public final class Dispatch {

    public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "Dispatch");

    /** What it may be told. */
    public sealed interface Command extends Wire {}

    /** Where a conversation stands; see {@link Topic#WAITING}. */
    public record Stands(Conversation.Facts facts) implements Command {}

    /** How an agent is; see {@link Agent.Followers#now}. */
    public record Works(Agent.Facts facts) implements Command {}

    /** It is to be there. Told now and then, so that one that has ended begins anew. */
    public record Beat() implements Command {}

    /** How the queues are. Refused: UNAVAILABLE (it has just begun, and does not know yet). */
    public record Look(ActorRef<StatusReply<Queues>> replyTo) implements Command {}

    /**
     * All queues of the plan in force, by name.
     *
     * @param lacking the most wanted of the skills that nobody at work has, at most {@link #LACKS}
     */
    public record Queues(List<Queue> all, List<Lack> lacking) implements Wire {
        public Queues {
            all = List.copyOf(all);
            lacking = List.copyOf(lacking);
        }
    }

    /** Most skills that are named as lacking. */
    static final int LACKS = 100;

    /** A skill that contacts need at that level, so many of which wait, and that nobody at work has. */
    public record Lack(String skill, int level, int waiting) implements Wire {}

    /**
     * A queue at a glance.
     *
     * @param waiting all that wait and are offered to nobody
     * @param pinned those of them that wait for one agent
     * @param oldest when who waits longest came into it; empty: nobody waits
     * @param ready members who are offered what fits
     * @param estimate how long who enters now will wait; empty: it cannot be told yet
     */
    public record Queue(
            String name, int waiting, int pinned, Optional<Instant> oldest, int ready, Optional<Duration> estimate)
            implements Wire {}

    /** These waited in one part of the rows. */
    record Read(int part, List<Waiting> rows) implements Command {}

    /** That part cannot be read. */
    record Unread(int part, Throwable why) implements Command {}

    /** What came of a proposal or an overflow; empty: it was carried out. */
    record Answered(String conversation, long epoch, String agent, Optional<Refusal> no) implements Command {}

    /** How it stands with a conversation is to be asked. */
    record Doubt(String conversation, long epoch) implements Command {}

    /** The conversation says so; empty: there is none such, or ({@code unknown}) it could not be asked. */
    record Where(String conversation, long epoch, Optional<Conversation.Facts> facts, boolean unknown)
            implements Command {}

    /** All agents who may be there have been asked how they are; empty: yes. */
    record Asked(Optional<Throwable> failure) implements Command {}

    /** To look at the time. */
    record Tick() implements Command {}

    /** To compare with what conversations and agents say. */
    record Sweep() implements Command {}

    /** Whom it talks to. Each answer may take its time; what fails is asked again. */
    public interface Outside {

        /** To the conversation; fails with a {@link StatusReply.ErrorMessage} where it or the agent refuses. */
        CompletionStage<Done> propose(String tenant, Output.Proposal proposal);

        /** To the conversation; likewise. */
        CompletionStage<Done> overflow(String tenant, Output.Overflowed overflowed);

        /** What the conversation says. */
        CompletionStage<Conversation.Facts> where(String tenant, String conversation);

        /** The agent tells {@link Works} anew. */
        void report(String tenant, String agent);

        /** All agents who are not offline by what was last written tell {@link Works} anew; done once all were asked to. */
        CompletionStage<Done> reportPresent(String tenant);
    }

    /**
     * How it works.
     *
     * @param again after so long it asks what became of a proposal that failed
     * @param sweep how often, on the average, it compares what it knows
     */
    public record Pace(Duration again, Duration sweep) {}

    /** Counted on this node. */
    public record Counts(LongAdder proposed, LongAdder refused, LongAdder doubted, Demand demand) {
        public Counts() {
            this(new LongAdder(), new LongAdder(), new LongAdder(), new Demand());
        }
    }

    /** What it needs of its node; {@code rules}: a tenant's plan in force. */
    record Ports(
            Function<String, Rules> rules, Rows rows, Outside outside, InstantSource clock, Pace pace, Counts counts) {}

    /** What waits, in parts 0 to {@link #PARTS} - 1. */
    interface Rows {
        int PARTS = 16;

        CompletionStage<List<Waiting>> read(String tenant, int part);
    }

    /** That of {@code tenant}. A fault in it begins it anew. */
    static Behavior<Command> create(String tenant, Ports ports) {
        return Behaviors.<Command>supervise(Behaviors.setup(context ->
                        Behaviors.withTimers(timers -> DispatchEntity.create(context, timers, tenant, ports))))
                .onFailure(SupervisorStrategy.restart());
    }

    private Dispatch() {}
}
