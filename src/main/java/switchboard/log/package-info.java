/** The log: entries and their chain, reads, what is owed, and the vault of keys. */
@NullMarked
package switchboard.log;

import org.jspecify.annotations.NullMarked;
