/** The edge: server, problems, one routes class a feature. What requests say is read in {@link switchboard.request}. */
@NullMarked
package switchboard.http;

import org.jspecify.annotations.NullMarked;
