/** What the program says on stdout and stderr, as text for people or as JSON lines for collectors. */
@NullMarked
package switchboard.logging;

import org.jspecify.annotations.NullMarked;
