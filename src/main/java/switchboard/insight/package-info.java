/** What follows from the logs for lists and figures: rows that can be dropped and rebuilt, and the search in them. */
@NullMarked
package switchboard.insight;

import org.jspecify.annotations.NullMarked;
