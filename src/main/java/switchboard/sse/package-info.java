/** Answers that go on: server-sent events, their places, and who is cut off. */
@NullMarked
package switchboard.sse;

import org.jspecify.annotations.NullMarked;
