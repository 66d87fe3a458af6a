package switchboard.plan;

/**
 * A skill that an agent must have.
 *
 * @param level the least that will do, 1 to 5
 */
public record Need(String skill, int level) {}
