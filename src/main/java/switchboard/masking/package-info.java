/** Personal data in what was said is replaced by what kind it is, before anything learns from it or keeps it. Pure, in linear time. */
@NullMarked
package switchboard.masking;

import org.jspecify.annotations.NullMarked;
