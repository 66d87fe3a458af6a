/** Beside the logs: how they are read, which of them owe something, where each ends. */
@NullMarked
package switchboard.journal;

import org.jspecify.annotations.NullMarked;
