@NullMarked
package switchboard.workspace;

import org.jspecify.annotations.NullMarked;
