/** What an agent has before her: her own log, and each conversation for as long as she has it or is offered it. */
@NullMarked
package switchboard.workspace;

import org.jspecify.annotations.NullMarked;
