/** The edge: the server and what every route needs. What requests say is read in {@link switchboard.request}. */
@NullMarked
package switchboard.http;

import org.jspecify.annotations.NullMarked;
