/** What the program is delivered with, made once from its own content and kept in its resources. */
@NullMarked
package switchboard.provision;

import org.jspecify.annotations.NullMarked;
