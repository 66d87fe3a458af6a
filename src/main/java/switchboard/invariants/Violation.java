package switchboard.invariants;

/**
 * Something that must not be.
 *
 * @param rule the invariant's name in the plan, {@code I1} …
 * @param where a conversation, a thread or an event's key
 */
public record Violation(String rule, Object where, String what) {}
