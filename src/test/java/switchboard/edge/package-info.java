/** The edge in memory, for tests of every route: what stands behind it answers as a test says. */
@NullMarked
package switchboard.edge;

import org.jspecify.annotations.NullMarked;
