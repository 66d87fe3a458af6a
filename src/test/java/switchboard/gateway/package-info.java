/** A channel's gateway as the contract wants it, as a process of its own that can be killed. */
@NullMarked
package switchboard.gateway;

import org.jspecify.annotations.NullMarked;
