/** Programs that find each other and become nodes of one cluster, and those that are not let in. */
@NullMarked
package switchboard.joining;

import org.jspecify.annotations.NullMarked;
