/** The routing plan: queues, what they ask of agents and for how long, and what a contact costs. Read whole or not at all. */
@NullMarked
package switchboard.plan;

import org.jspecify.annotations.NullMarked;
