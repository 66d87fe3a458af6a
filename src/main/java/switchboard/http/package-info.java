/** The edge: server, problems, one routes class a feature. */
@NullMarked
package switchboard.http;

import org.jspecify.annotations.NullMarked;
