package switchboard.handling;

import java.util.List;
import switchboard.plan.Key;
import switchboard.plan.Need;

/**
 * A place in a queue.
 *
 * @param skills asked for besides the queue's
 * @param priority by the plan's name; empty: none
 * @param key whose turn it is; kept for as long as the episode lasts
 */
public record Line(String queue, List<Need> skills, String priority, Key key) {
    public Line {
        skills = List.copyOf(skills);
    }
}
