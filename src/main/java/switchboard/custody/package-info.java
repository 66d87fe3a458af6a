/** Who has a conversation, who waits and who could take it: what must hold of people, checked from the histories. */
@NullMarked
package switchboard.custody;

import org.jspecify.annotations.NullMarked;
