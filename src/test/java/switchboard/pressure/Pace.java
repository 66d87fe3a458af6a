package switchboard.pressure;

import java.time.Duration;

/** When each event is due: evenly, for a time; it does not matter what became of those before. In {@link System#nanoTime()}. */
final class Pace {

    private final double rate;
    private final long begin;
    private final long end;
    private long sent;

    /** {@code rate} events a second from {@code begin} on; without bound ({@link Double#POSITIVE_INFINITY}) all of them at once. */
    Pace(double rate, long begin, Duration time) {
        this.rate = rate;
        this.begin = begin;
        this.end = begin + time.toNanos();
    }

    /** When the next event is due. */
    long due() {
        return begin + (long) (sent * 1e9 / rate);
    }

    /** The one that was due is sent. */
    void sent() {
        sent++;
    }

    /** Whether nothing more is to be sent. */
    boolean over(long now) {
        return now >= end || due() >= end;
    }

    /** So many were due before the end and have not been sent; none where there was no bound. */
    long unsent() {
        return Double.isInfinite(rate) ? 0 : (long) Math.ceil(rate * (end - begin) / 1e9) - sent;
    }
}
