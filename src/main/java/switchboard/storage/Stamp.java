package switchboard.storage;

import java.time.Instant;

/**
 * What orders the rows of one conversation: its entry's time in milliseconds, then its number. A log's times never go
 * back, so this is the order of its numbers; unlike bare numbers it also grows from conversation to conversation, without
 * which Cassandra could hardly ever drop a deleted row.
 */
public final class Stamp {

    private static final int BITS = 20;

    public static long of(Instant at, long seq) {
        return at.toEpochMilli() << BITS | (seq & (1 << BITS) - 1);
    }

    /** The time in it. */
    public static Instant at(long stamp) {
        return Instant.ofEpochMilli(stamp >> BITS);
    }

    private Stamp() {}
}
