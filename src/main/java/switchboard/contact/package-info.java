/** What waits for a person, what the router is told of it and of the agents, and what it says: values without a rule. */
@NullMarked
package switchboard.contact;

import org.jspecify.annotations.NullMarked;
