/** What is served: one routes class a feature. */
@NullMarked
package switchboard.routes;

import org.jspecify.annotations.NullMarked;
