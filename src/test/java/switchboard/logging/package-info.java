@NullMarked
package switchboard.logging;

import org.jspecify.annotations.NullMarked;
