package switchboard.plan;

/**
 * A skill that an agent must have.
 *
 * @param level the least that will do, 1 to {@link #HIGHEST}
 */
public record Need(String skill, int level) {

    public static final int HIGHEST = 5;
}
