package switchboard.conversation;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;
import switchboard.agent.Agent.Question;
import switchboard.agent.Agent.Standing;
import switchboard.agent.Profile.Pool;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Facts;
import switchboard.conversation.Conversation.Place;
import switchboard.handling.Holds.Hold;
import switchboard.wire.Refusal;
import switchboard.wire.Wire;

/**
 * The offer of a conversation to one agent, {@code {conversation}.{epoch}}. The router proposes, the agent counts, the
 * conversation decides: the first of accept, reject, time-out, rescission wins, and whoever repeats it is answered as then.
 */
public final class Reservation {

    /** What routers and agents ask of a conversation. */
    public sealed interface Asked extends Command {}

    /**
     * The router's: that {@code agent} should have it. Answered with the place of {@code reservation.created} once she holds
     * the units. Refused: VOID (it does not wait in that epoch), UNAVAILABLE, and whatever the agent refuses.
     *
     * @param decision why, as JSON
     */
    public record Propose(
            int epoch,
            String agent,
            Pool pool,
            int units,
            Instant deadline,
            String decision,
            ActorRef<StatusReply<Place>> replyTo)
            implements Asked {}

    /** What the agent says of an offer. Refused: NOT_FOUND, TIMED_OUT, RESCINDED, TAKEN, RESERVATION_OVER, UNAVAILABLE. */
    public record Word(int epoch, String agent, boolean accepts, ActorRef<StatusReply<Place>> replyTo)
            implements Asked {}

    /**
     * The router's: the last step of its queue is over, {@code queue} takes it. Answered with the place of {@code queue.left}.
     * Refused: VOID (it does not wait in that epoch), UNAVAILABLE.
     */
    public record Overflow(int epoch, String queue, ActorRef<StatusReply<Place>> replyTo) implements Asked {}

    /** The router's: whether and how it waits. Refused: NOT_FOUND, UNAVAILABLE. Writes nothing. */
    public record Where(ActorRef<StatusReply<Facts>> replyTo) implements Asked {}

    /** What an agent asks of a reservation; see {@link Question}. Refused: UNAVAILABLE. */
    public record Doubt(int epoch, String agent, Question question, ActorRef<StatusReply<Stands>> replyTo)
            implements Asked {}

    /** How it stands with a reservation. */
    public record Stands(Standing standing) implements Wire {}

    /** What the actor tells itself about offers. */
    sealed interface Inner extends Command {}

    /** The agent holds the units, or refuses; UNAVAILABLE: neither is known. */
    record Held(Propose what, Optional<Refusal> no) implements Inner {
        static Held of(Propose what, @Nullable Throwable failure) {
            return new Held(what, Optional.ofNullable(failure).map(Refusal::behind));
        }

        /** Whether she may hold them all the same, or remembers that she did. */
        boolean inVain() {
            return no.filter(why -> why == Refusal.UNAVAILABLE || why == Refusal.RESERVATION_OVER)
                    .isPresent();
        }
    }

    /** The time of an offer, or of a wrap-up, is over. */
    record Overdue(int epoch) implements Inner {}

    /** The agent has taken note ({@code well}) of what she was told as of number {@code seq}, or could not be told. */
    record Confirmed(int epoch, long seq, boolean well) implements Inner {}

    /** What agents could not be told is to be told again. */
    record Again() implements Inner {}

    /** Agents, as a conversation knows them. */
    public interface Agents {

        /** She holds the units for that reservation. Fails with an {@link StatusReply.ErrorMessage} where she refuses. */
        CompletionStage<Done> hold(String tenant, String reservation, Propose what);

        /** She is told how it stands. Again: as it is. Done once it is in her log, and where there is no such agent. */
        CompletionStage<Done> tell(String tenant, String reservation, Hold hold);
    }

    /** The id by which others name it. */
    public static String id(String conversation, int epoch) {
        return conversation + "." + epoch;
    }

    private Reservation() {}
}
