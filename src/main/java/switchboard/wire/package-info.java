/** What crosses nodes and edges: the marker for serialised messages, the refusal codes, what must not be printed. */
@NullMarked
package switchboard.wire;

import org.jspecify.annotations.NullMarked;
