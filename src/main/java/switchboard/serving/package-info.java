/** Which of a tenant's models is to serve: chosen by people, in a register of the tenant's; and which does. */
@NullMarked
package switchboard.serving;

import org.jspecify.annotations.NullMarked;
