@NullMarked
package switchboard.invariants;

import org.jspecify.annotations.NullMarked;
