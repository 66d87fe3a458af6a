/** JMH benchmarks of what is pure: {@code mvn compile exec:exec@micro} runs them all. */
@NullMarked
package switchboard.micro;

import org.jspecify.annotations.NullMarked;
