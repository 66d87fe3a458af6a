/** How an actor writes its log: what it follows on recovery, what it seals, what it owes; the same for every aggregate. */
@NullMarked
package switchboard.scribe;

import org.jspecify.annotations.NullMarked;
