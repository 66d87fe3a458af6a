/** One who answers customers: what she can do, what she says of herself, and what she has in hand. */
@NullMarked
package switchboard.agent;

import org.jspecify.annotations.NullMarked;
