package switchboard.handling;

import java.time.Instant;
import java.util.Optional;
import switchboard.agent.Profile.Pool;
import switchboard.handling.Holds.Stage;

/**
 * Who has a conversation, and what follows for queues and agents. Of each change {@code seq} is the number.
 *
 * @param epoch raised by every hand-over, and by every entry into a queue and every return to it
 * @param line its latest place in a queue in this episode
 */
public record Handling(Status status, int epoch, Optional<Line> line, Holds holds) {

    /** Before the first message. */
    public static final Handling NEW = new Handling(new Status.New(), 0, Optional.empty(), Holds.NONE);

    /** An episode begins or goes on, with the bot. */
    public Handling opened() {
        return new Handling(new Status.WithBot(), epoch + 1, Optional.empty(), holds);
    }

    /** Who did not take it before still counts. */
    public Handling queued(Line place, int next) {
        var turned = line.map(Line::turned).map(place::after).orElse(place);
        return new Handling(new Status.Queued(turned), next, Optional.of(turned), holds);
    }

    /** Only what waits is offered; else: as it is. */
    public Handling offered(String agent, Instant deadline, Pool pool, int units, long seq) {
        return status instanceof Status.Queued s
                ? with(new Status.Reserved(s.line(), agent, deadline), holds.offered(epoch, agent, pool, units, seq))
                : this;
    }

    /** The agent takes what she was offered. */
    public Handling accepted(long seq) {
        return with(new Status.WithAgent(status.offered(), false), holds.in(Stage.ACCEPTED, seq));
    }

    /** The offer came to nothing: it waits again. */
    public Handling returned(Stage how, int next, long seq, Instant at) {
        var left = holds.in(how, seq);
        if (!(status instanceof Status.Reserved s)) {
            return new Handling(status, next, line, left);
        }
        var place = how == Stage.RESCINDED ? s.line() : s.line().turnedDown(s.agent(), at, how == Stage.TIMED_OUT);
        return new Handling(new Status.Queued(place), next, Optional.of(place), left);
    }

    public Handling assigned(String agent, int next, long seq) {
        return new Handling(new Status.WithAgent(agent, false), next, line, holds.assigned(next, agent, seq));
    }

    /** The agent has it no more; who has it then is said next. */
    public Handling released(long seq) {
        return with(status, holds.in(Stage.RELEASED, seq));
    }

    /** The owner lets the customer wait, or does so no more. */
    public Handling held(boolean so) {
        return with(new Status.WithAgent(status.owner(), so), holds);
    }

    public Handling wrappingUp(String code, Instant until, long seq) {
        return with(new Status.WrapUp(status.owner(), code, until), holds.in(Stage.WRAP_UP, seq));
    }

    /** When something ends unless somebody ends it before: an offer, or a wrap-up. */
    public Optional<Instant> deadline() {
        return switch (status) {
            case Status.Reserved s -> Optional.of(s.deadline());
            case Status.WrapUp s -> Optional.of(s.until()).filter(Instant.MAX::isAfter);
            case Status.New _, Status.WithBot _, Status.Queued _, Status.WithAgent _, Status.Resolved _ ->
                Optional.empty();
        };
    }

    /** The episode ends. */
    public Handling ended(Instant at, boolean abandoned, long seq) {
        return with(new Status.Resolved(at, abandoned), holds.in(Stage.RELEASED, seq));
    }

    private Handling with(Status next, Holds held) {
        return new Handling(next, epoch, line, held);
    }
}
