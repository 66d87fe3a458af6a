@NullMarked
package switchboard.dispatch;

import org.jspecify.annotations.NullMarked;
