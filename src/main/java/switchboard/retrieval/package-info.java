/** Which article answers a text, and how surely: words, pieces of words and likeness of sentences together. Pure. */
@NullMarked
package switchboard.retrieval;

import org.jspecify.annotations.NullMarked;
