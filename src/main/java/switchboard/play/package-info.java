/** Plays dialogues against a running program, as a gateway and an agent, and checks what it did. */
@NullMarked
package switchboard.play;

import org.jspecify.annotations.NullMarked;
