/** Who calls, and the one table of who may do what. */
@NullMarked
package switchboard.security;

import org.jspecify.annotations.NullMarked;
