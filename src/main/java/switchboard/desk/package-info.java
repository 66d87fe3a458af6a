/** What agents and their supervisors do: orders, offers, who is there, what waits, by which plan. */
@NullMarked
package switchboard.desk;

import org.jspecify.annotations.NullMarked;
