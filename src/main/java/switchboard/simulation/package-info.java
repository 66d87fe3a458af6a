/** Contact centers under a virtual clock, staffed by the real router, held against what queueing theory says of them. */
@NullMarked
package switchboard.simulation;

import org.jspecify.annotations.NullMarked;
