/** Load that is offered whether or not the program keeps up: many connections on one thread, at a pace of their own. */
@NullMarked
package switchboard.pressure;

import org.jspecify.annotations.NullMarked;
