/** What a running program holds: its heap, its open conversations, its journal's files. */
@NullMarked
package switchboard.footprint;

import org.jspecify.annotations.NullMarked;
