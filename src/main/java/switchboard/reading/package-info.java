/** What is read of conversations: as they are, as they were, as it happens, found, explained; and an agent's stream. */
@NullMarked
package switchboard.reading;

import org.jspecify.annotations.NullMarked;
