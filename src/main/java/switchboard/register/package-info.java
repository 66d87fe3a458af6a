/** A tenant's register: a versioned log with one writer, of which every node knows what stands. */
@NullMarked
package switchboard.register;

import org.jspecify.annotations.NullMarked;
