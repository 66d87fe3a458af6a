package switchboard.custody;

import switchboard.plan.Cost;

/**
 * What one agent held of a conversation, from the offer or the assignment to its end.
 *
 * @param offered by the system; otherwise a person decided so, and her capacity is not asked
 */
record Hold(String conversation, String agent, Cost cost, boolean offered, Span span) {}
