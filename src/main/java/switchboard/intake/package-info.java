/** Many events in one request: cut into lines, read, gathered so that a conversation gets them together; and how much at once. */
@NullMarked
package switchboard.intake;

import org.jspecify.annotations.NullMarked;
