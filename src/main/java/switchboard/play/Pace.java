package switchboard.play;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** So many turns a second, all dialogues together. */
final class Pace {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long interval;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    /** {@code perSecond}: 0 holds nobody up. */
    Pace(double perSecond) {
        interval = perSecond == 0 ? 0 : (long) (SECOND / perSecond);
    }

    /** Returns when it is the caller's turn. What was missed by more than a second is not made up for. */
    void await() throws InterruptedException {
        if (interval > 0) {
            var now = System.nanoTime();
            var mine = next.getAndUpdate(n -> Math.max(n, now - SECOND) + interval);
            TimeUnit.NANOSECONDS.sleep(mine - now);
        }
    }
}
