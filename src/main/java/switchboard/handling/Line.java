package switchboard.handling;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import switchboard.plan.Key;
import switchboard.plan.Need;

/**
 * A place in a queue.
 *
 * @param skills asked for besides the queue's
 * @param priority by the plan's name; empty: none
 * @param key whose turn it is; kept for as long as the episode lasts
 * @param since when it came into this queue: from here on the queue's steps run
 * @param last the agent who had the contact before and is to be preferred; empty: none
 * @param turned who did not take it, the latest last, at most 16
 */
public record Line(
        String queue, List<Need> skills, String priority, Key key, Instant since, String last, List<Turned> turned) {

    private static final int MOST = 16;

    /** That an agent rejected it, or let the offer pass. */
    public record Turned(String agent, Instant at, boolean timedOut) {}

    public Line {
        skills = List.copyOf(skills);
        turned = List.copyOf(turned);
    }

    /** One more did not take it. */
    public Line turnedDown(String agent, Instant at, boolean timedOut) {
        var kept = turned.stream().skip(Math.max(0, turned.size() + 1 - MOST));
        return after(
                Stream.concat(kept, Stream.of(new Turned(agent, at, timedOut))).toList());
    }

    /** The same place, for anybody. */
    public Line forAnybody() {
        return new Line(queue, skills, priority, key, since, "", turned);
    }

    /** Another queue's, from now on; whose turn it is stays. */
    public Line movedTo(String other, Instant at) {
        return new Line(other, skills, priority, key, at, last, turned);
    }

    Line after(List<Turned> those) {
        return new Line(queue, skills, priority, key, since, last, those);
    }
}
