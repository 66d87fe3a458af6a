@NullMarked
package switchboard.floor;

import org.jspecify.annotations.NullMarked;
