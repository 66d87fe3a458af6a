/** What readers see, entry by entry, whatever happens in between. */
@NullMarked
package switchboard.history;

import org.jspecify.annotations.NullMarked;
