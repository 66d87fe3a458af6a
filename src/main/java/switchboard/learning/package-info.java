/** What learns from numbers: it knows nothing of messages. On one thread, without chance. */
@NullMarked
package switchboard.learning;

import org.jspecify.annotations.NullMarked;
