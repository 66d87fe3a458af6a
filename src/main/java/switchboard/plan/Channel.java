package switchboard.plan;

import java.time.Duration;

/**
 * How contacts of a channel are taken.
 *
 * @param cost what one takes of an agent
 * @param silence a customer who waits in a queue and has not said anything for so long has left; zero: never
 */
public record Channel(Cost cost, Duration silence) {}
