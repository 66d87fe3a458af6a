@NullMarked
package switchboard.insight;

import org.jspecify.annotations.NullMarked;
