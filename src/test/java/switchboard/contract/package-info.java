/** What was sent, judged by the contract. */
@NullMarked
package switchboard.contract;

import org.jspecify.annotations.NullMarked;
