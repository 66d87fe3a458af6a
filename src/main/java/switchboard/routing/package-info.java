/**
 * The match of waiting contacts and agents: pure, deterministic, work-conserving, and able to say why. It knows no clock,
 * no thread, no actor and no database; whoever runs it tells it what happened, when, and carries out what it puts out.
 */
@NullMarked
package switchboard.routing;

import org.jspecify.annotations.NullMarked;
