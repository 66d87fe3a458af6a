/** The parts of a conversation's state: who has it, what agents hold of it, how far our messages have come. */
@NullMarked
package switchboard.handling;

import org.jspecify.annotations.NullMarked;
