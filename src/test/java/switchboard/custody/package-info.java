@NullMarked
package switchboard.custody;

import org.jspecify.annotations.NullMarked;
