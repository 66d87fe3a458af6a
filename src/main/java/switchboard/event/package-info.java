/** What has happened in a conversation, as it is stored. */
@NullMarked
package switchboard.event;

import org.jspecify.annotations.NullMarked;
