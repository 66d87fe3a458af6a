package switchboard.handling;

/**
 * What waits for an agent.
 *
 * @param offered to whom; empty: to nobody now
 */
public record Waits(Line line, String offered) {}
