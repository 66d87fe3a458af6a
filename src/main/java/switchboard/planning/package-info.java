/** A tenant's routing plans: every version ever adopted, in a log of its own, and the one in force as each node knows it. */
@NullMarked
package switchboard.planning;

import org.jspecify.annotations.NullMarked;
