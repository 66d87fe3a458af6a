/** Replies to the channel: which messages wait for a gateway, and the connections that fetch them. */
@NullMarked
package switchboard.channel;

import org.jspecify.annotations.NullMarked;
