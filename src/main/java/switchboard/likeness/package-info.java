/** What is like what was seen before: vectors compared with all examples at once. Pure, on one thread. */
@NullMarked
package switchboard.likeness;

import org.jspecify.annotations.NullMarked;
