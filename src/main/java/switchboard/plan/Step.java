package switchboard.plan;

import java.time.Duration;
import java.util.SortedSet;

/**
 * What a queue waives for a while. The next step waives as much or more.
 *
 * @param lasts zero: without end, which only the last step of a queue without overflow may be
 * @param without skills that are not asked for any more; {@link #ALL} for all
 * @param language whether the customer's language is asked for
 * @param level no skill is asked for at a higher level than this, 1 to 5
 */
public record Step(Duration lasts, SortedSet<String> without, boolean language, int level) {

    /** Stands for every skill, the contact's own too. */
    public static final String ALL = "*";

    public Step {
        without = Plan.sorted(without);
    }

    boolean waives(String skill) {
        return without.contains(ALL) || without.contains(skill);
    }

    boolean relaxes(Step earlier) {
        return earlier.without.stream().allMatch(this::waives)
                && (earlier.language || !language)
                && level <= earlier.level;
    }
}
