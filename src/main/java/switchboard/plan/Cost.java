package switchboard.plan;

import java.util.Locale;

/**
 * What one contact takes of an agent.
 *
 * @param units of the pool, 1 to 1,000
 */
public record Cost(Pool pool, int units) {

    /** An agent has two capacities that do not touch each other. */
    public enum Pool {
        /** What needs the whole person. */
        VOICE,
        /** What several of may be had at a time. */
        INTERRUPTIBLE;

        /** As it stands in a plan. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
