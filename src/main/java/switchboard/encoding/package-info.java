/** Sentences as vectors: the encoder bge-small-en-v1.5 (int8) in the process, without network. */
@NullMarked
package switchboard.encoding;

import org.jspecify.annotations.NullMarked;
