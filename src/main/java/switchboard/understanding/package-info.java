/** What a message means: its intent with a calibrated confidence, and how surely it is none of those that are known. Pure. */
@NullMarked
package switchboard.understanding;

import org.jspecify.annotations.NullMarked;
