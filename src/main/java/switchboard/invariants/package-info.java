/** What must hold, whatever breaks: checkers over what a gateway was told and what the histories say. */
@NullMarked
package switchboard.invariants;

import org.jspecify.annotations.NullMarked;
