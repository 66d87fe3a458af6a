package switchboard.senders;

import java.time.Duration;

/** A count that others wait for. */
public final class Tally {

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final String what;
    private long count;

    /** {@code what} is counted, in the plural. */
    Tally(String what) {
        this.what = what;
    }

    synchronized void add() {
        count++;
        notifyAll();
    }

    public synchronized long count() {
        return count;
    }

    /** Returns when {@code more} have come since now. */
    public synchronized void await(long more) throws InterruptedException {
        var target = count + more;
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (count < target) {
            var left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError(count + " " + what + " where " + target + " were due");
            }
            wait(left);
        }
    }
}
