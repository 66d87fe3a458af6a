/** What an event costs: {@code mvn -B test-compile exec:exec@measure} prints it. */
@NullMarked
package switchboard.bench;

import org.jspecify.annotations.NullMarked;
