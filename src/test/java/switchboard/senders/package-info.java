/** Gateways that go on posting whatever happens to the program, and keep account of what they were told. */
@NullMarked
package switchboard.senders;

import org.jspecify.annotations.NullMarked;
