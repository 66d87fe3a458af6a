/** Several nodes on one Cassandra, what befalls them, and what their clients see of it. */
@NullMarked
package switchboard.nodes;

import org.jspecify.annotations.NullMarked;
