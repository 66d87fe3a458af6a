/** Switchboard: {@code Main} builds every object in reading order; {@code Settings} reads the configuration once. */
@NullMarked
package switchboard;

import org.jspecify.annotations.NullMarked;
