@NullMarked
package switchboard.bot;

import org.jspecify.annotations.NullMarked;
