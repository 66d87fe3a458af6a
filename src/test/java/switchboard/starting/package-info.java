/** How long the program takes until it serves: by its run command, and alone from jars, with and without an AOT cache. */
@NullMarked
package switchboard.starting;

import org.jspecify.annotations.NullMarked;
