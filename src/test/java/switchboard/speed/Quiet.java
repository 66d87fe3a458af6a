package switchboard.speed;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import switchboard.program.Program;

/** When what was begun is done: a program and a Cassandra that hardly work any more. */
final class Quiet {

    private static final Duration STRETCH = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Of one processor, both together. */
    private static final double IDLE = 0.12;

    /** Returns once they have hardly worked for {@code time}. */
    static void await(Program program, Duration time) throws IOException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        for (int quiet = 0; quiet * STRETCH.toNanos() < time.toNanos(); ) {
            if (System.nanoTime() > end) {
                throw new IOException("still at work after " + PATIENCE);
            }
            var before = Cost.micros(program);
            LockSupport.parkNanos(STRETCH.toNanos());
            quiet = Cost.micros(program) - before < IDLE * STRETCH.toNanos() / 1e3 ? quiet + 1 : 0;
        }
    }

    private Quiet() {}
}
