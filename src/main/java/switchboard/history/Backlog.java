package switchboard.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import switchboard.journal.Journal.Row;
import switchboard.log.Entry;

/**
 * What a reader was told of and has not taken yet: always a run of numbers without a gap, and bounded. What does not fit
 * (a number too high, or one too many) is left out and the backlog is {@link #torn}: what follows its end has to be looked
 * up in the journal.
 */
final class Backlog {

    private static final long UNKNOWN = -1;

    private final int most;
    private final long mostBytes;
    private final Deque<Row> rows = new ArrayDeque<>();
    private long bytes;
    private long tail = UNKNOWN;
    private boolean torn;

    /** Holds at most so many entries of at most {@code mostBytes} in all; one entry fits however long it is. */
    Backlog(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** The head is being asked for: any number may be the first. */
    void begin() {
        clear();
        tail = UNKNOWN;
        torn = false;
    }

    /** All up to {@code head} is in the journal; what follows it is to be told. */
    void from(long head) {
        while (!rows.isEmpty() && rows.getFirst().number() <= head) {
            poll();
        }
        if (!rows.isEmpty() && rows.getFirst().number() > head + 1) {
            clear();
            torn = true;
        }
        if (rows.isEmpty()) {
            tail = head;
        }
    }

    /** A number that is known already is dropped. */
    void add(Entry entry) {
        var seq = entry.seq();
        if (tail != UNKNOWN && seq <= tail) {
            return;
        }
        if ((tail != UNKNOWN && seq > tail + 1) || isFull(entry)) {
            torn = true;
            return;
        }
        rows.add(new Row(seq, entry));
        bytes += entry.size();
        tail = seq;
    }

    /** Something up to {@code head} was perhaps not told. */
    void heardOf(long head) {
        if (head > tail) {
            torn = true;
        }
    }

    /** Nobody tells any more. */
    void tear() {
        torn = true;
    }

    /** Whether there may be more than what is here. */
    boolean torn() {
        return torn;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    Optional<Row> poll() {
        var first = Optional.ofNullable(rows.poll());
        first.ifPresent(row -> bytes -= row.entry().size());
        return first;
    }

    private boolean isFull(Entry entry) {
        return !rows.isEmpty() && (rows.size() >= most || bytes + entry.size() > mostBytes);
    }

    private void clear() {
        rows.clear();
        bytes = 0;
    }
}
