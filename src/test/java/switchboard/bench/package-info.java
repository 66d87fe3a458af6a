/** {@code mvn compile exec:exec@bench}: the frame of the benchmark. What is measured is in {@code speed}, the clients in {@code load}. */
@NullMarked
package switchboard.bench;

import org.jspecify.annotations.NullMarked;
