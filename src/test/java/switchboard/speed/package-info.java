/** What is measured of the program, row by row of the table that {@code bench} prints. */
@NullMarked
package switchboard.speed;

import org.jspecify.annotations.NullMarked;
