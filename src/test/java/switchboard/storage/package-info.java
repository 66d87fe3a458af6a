@NullMarked
package switchboard.storage;

import org.jspecify.annotations.NullMarked;
