/** JMH benchmarks of what is pure: {@code mvn -B test-compile exec:exec@micro} runs all but the router, which {@code exec:exec@route} does. */
@NullMarked
package switchboard.micro;

import org.jspecify.annotations.NullMarked;
