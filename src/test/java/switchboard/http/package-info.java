/** Real connections, byte by byte. */
@NullMarked
package switchboard.http;

import org.jspecify.annotations.NullMarked;
