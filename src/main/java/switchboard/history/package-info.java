/** What a reader is shown of a conversation: its entries opened, as they were and as they come. */
@NullMarked
package switchboard.history;

import org.jspecify.annotations.NullMarked;
