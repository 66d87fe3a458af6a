/** The whole program as a process of its own, and a model of it that can be told to lie. */
@NullMarked
package switchboard.program;

import org.jspecify.annotations.NullMarked;
