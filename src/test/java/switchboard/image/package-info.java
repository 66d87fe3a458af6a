/** The image: built on a stand-in base and run, three of it as a cluster. */
@NullMarked
package switchboard.image;

import org.jspecify.annotations.NullMarked;
