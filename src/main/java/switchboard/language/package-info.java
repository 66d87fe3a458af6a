/** In which language somebody writes. Pure. */
@NullMarked
package switchboard.language;

import org.jspecify.annotations.NullMarked;
