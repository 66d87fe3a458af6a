/** What a request says: bounded, read and validated at the edge. */
@NullMarked
package switchboard.request;

import org.jspecify.annotations.NullMarked;
