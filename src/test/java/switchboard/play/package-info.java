@NullMarked
package switchboard.play;

import org.jspecify.annotations.NullMarked;
