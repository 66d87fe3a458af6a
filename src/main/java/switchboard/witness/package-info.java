/** A client that trusts nobody: what it sent and was told lies on disk, and is held against what the program tells. */
@NullMarked
package switchboard.witness;

import org.jspecify.annotations.NullMarked;
