/** Those who answer: simulated agents with their streams, the conversations that they are offered, and what they saw. */
@NullMarked
package switchboard.floor;

import org.jspecify.annotations.NullMarked;
