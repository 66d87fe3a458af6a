/** For those who run it and those who audit it: health, figures, credentials, proofs, who looked. */
@NullMarked
package switchboard.operations;

import org.jspecify.annotations.NullMarked;
