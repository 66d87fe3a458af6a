package switchboard.bot;

import java.util.function.LongSupplier;

/**
 * How many in a second, with some at once in reserve: hand-overs by failure must not come as a flood. Any number of threads.
 */
final class Pace {

    private static final double SECOND = 1e9;

    private final double perSecond;
    private final double atOnce;
    private final LongSupplier nanos;
    private double left;
    private long last;

    /** {@code nanos}: a monotonic clock. */
    Pace(int perSecond, int atOnce, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.atOnce = atOnce;
        this.nanos = nanos;
        left = atOnce;
        last = nanos.getAsLong();
    }

    /** Whether one more may be now. */
    synchronized boolean takes() {
        var now = nanos.getAsLong();
        left = Math.min(atOnce, left + (now - last) / SECOND * perSecond);
        last = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
