@NullMarked
package switchboard.cluster;

import org.jspecify.annotations.NullMarked;
