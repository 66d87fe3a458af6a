/** What gateways post, one by one and many at once, and what they fetch to deliver. */
@NullMarked
package switchboard.gateways;

import org.jspecify.annotations.NullMarked;
