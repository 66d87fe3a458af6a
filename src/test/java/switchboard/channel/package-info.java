@NullMarked
package switchboard.channel;

import org.jspecify.annotations.NullMarked;
