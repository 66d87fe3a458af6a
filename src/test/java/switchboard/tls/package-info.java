@NullMarked
package switchboard.tls;

import org.jspecify.annotations.NullMarked;
