/** Clients that follow what the program says as it happens, and hold it against what was posted. */
@NullMarked
package switchboard.following;

import org.jspecify.annotations.NullMarked;
