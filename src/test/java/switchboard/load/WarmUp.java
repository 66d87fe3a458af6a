package switchboard.load;

import java.time.Duration;
import java.util.List;
import switchboard.program.Progress;

/** Load that does not count, until the rate is steady: what a JVM has not yet compiled costs many times as much. */
public final class WarmUp {

    private static final Duration STRETCH = Duration.ofSeconds(10);

    /** So many stretches that were no faster than one before. */
    private static final int STEADY = 3;

    /** No longer than {@code most}. */
    public static void run(List<? extends Round.Client> clients, Duration most, List<Proc> programs, Proc cassandra)
            throws Exception {
        run(clients, STRETCH, most, programs, cassandra);
    }

    /** The same by other stretches: shorter ones see sooner that a program is warm, and easier take a pause for its best. */
    public static void run(
            List<? extends Round.Client> clients, Duration stretch, Duration most, List<Proc> programs, Proc cassandra)
            throws Exception {
        var best = 0.0;
        var since = 0;
        for (var end = System.nanoTime() + most.toNanos(); System.nanoTime() < end && since < STEADY; ) {
            var rate = Round.run(clients, stretch, programs, cassandra).eventsPerSecond();
            Progress.say("warming up: %,.0f a second".formatted(rate));
            since = rate > 1.03 * best ? 0 : since + 1;
            best = Math.max(best, rate);
        }
    }

    private WarmUp() {}
}
