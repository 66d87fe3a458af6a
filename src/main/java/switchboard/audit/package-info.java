/** What an auditor asks: is the history whole and unaltered. */
@NullMarked
package switchboard.audit;

import org.jspecify.annotations.NullMarked;
