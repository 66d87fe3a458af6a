/** How somebody seems to feel, as one sign among several; nothing is decided by it alone. Pure. */
@NullMarked
package switchboard.mood;

import org.jspecify.annotations.NullMarked;
