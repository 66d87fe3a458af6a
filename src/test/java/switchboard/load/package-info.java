/** Clients that load the program, and what is measured beside it: each as lean as can be, since they share its machine. */
@NullMarked
package switchboard.load;

import org.jspecify.annotations.NullMarked;
