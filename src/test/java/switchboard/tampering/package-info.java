/** Rows of the log that come late, are changed or are taken away behind the program's back. */
@NullMarked
package switchboard.tampering;

import org.jspecify.annotations.NullMarked;
