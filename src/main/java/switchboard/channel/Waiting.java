package switchboard.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import switchboard.channel.Partition.Waits;
import switchboard.storage.Stamp;

/**
 * Which message of each conversation of one partition waits, and which of them the present connection was sent. At most
 * {@code most} conversations at a time: past that it is a window over the rows, which moves on while those in it were sent
 * and nobody accepts them, so that none keeps the others back. Changes in place, confined to its actor.
 */
final class Waiting {

    /** What is to be sent now; {@code again}: this connection had it before. */
    record Due(String conversation, long seq, boolean again) {}

    private static final class Item {
        final Instant since;
        long seq;
        long stamp;
        long change;
        boolean queued;

        @Nullable Instant sentAt;

        Item(long seq, long stamp, Instant since) {
            this.seq = seq;
            this.stamp = stamp;
            this.since = since;
        }
    }

    private final int most;
    private final Map<String, Item> items = new HashMap<>();
    private final ArrayDeque<String> queue = new ArrayDeque<>();
    private String after = "";
    private boolean more;
    private boolean reading;
    private long changes;
    private long mark;

    Waiting(int most) {
        this.most = most;
    }

    int size() {
        return items.size();
    }

    /** Whether there are rows beyond those known. */
    boolean more() {
        return more;
    }

    /** Since when the oldest known one waits. */
    Optional<Instant> oldest() {
        return items.values().stream().map(item -> item.since).min(Comparator.naturalOrder());
    }

    /** What was heard of a conversation; an older word than the known one is nothing. */
    void heard(Waits word) {
        var known = items.get(word.conversation());
        if (known != null && word.stamp() < known.stamp) {
            return;
        }
        if (word.seq() == 0) {
            items.remove(word.conversation());
        } else if (known != null && known.seq == word.seq()) {
            known.stamp = word.stamp();
            known.change = ++changes;
        } else if (known == null && items.size() >= most) {
            more = true;
        } else {
            add(word);
        }
    }

    private void add(Waits word) {
        var item = new Item(word.seq(), word.stamp(), Stamp.at(word.stamp()));
        item.change = ++changes;
        items.put(word.conversation(), item);
        enqueue(word.conversation(), item);
    }

    private void enqueue(String conversation, Item item) {
        item.queued = true;
        queue.add(conversation);
    }

    /** The next to be sent, as sent at {@code now}. */
    Optional<Due> next(Instant now) {
        while (!queue.isEmpty()) {
            var conversation = queue.remove();
            var item = items.get(conversation);
            if (item != null && item.queued) {
                var again = item.sentAt != null;
                item.queued = false;
                item.sentAt = now;
                return Optional.of(new Due(conversation, item.seq, again));
            }
        }
        return Optional.empty();
    }

    /** Another connection is there: all are to be sent, those that wait longest first. */
    void another() {
        queue.clear();
        items.entrySet().stream()
                .sorted(Comparator.comparing(e -> e.getValue().since))
                .forEach(e -> {
                    e.getValue().sentAt = null;
                    enqueue(e.getKey(), e.getValue());
                });
    }

    /** Those that were sent so long ago and are still not accepted are to be sent again. */
    void overdue(Instant now, Duration patience) {
        items.forEach((conversation, item) -> {
            if (!item.queued && item.sentAt != null && !now.isBefore(item.sentAt.plus(patience))) {
                enqueue(conversation, item);
            }
        });
    }

    /** Whether enough was accepted for the next rows to be read at once. */
    boolean hungry() {
        return more && !reading && items.size() <= most / 2;
    }

    boolean reading() {
        return reading;
    }

    /** Begins to read the rows after the conversation {@link #after}, at most {@link #room} of them. */
    void read() {
        reading = true;
        mark = changes;
    }

    /** As {@link #read}, once in a while: what was sent makes room for what has never been. */
    void readOn() {
        if (more) {
            items.values().removeIf(item -> !item.queued);
        }
        read();
    }

    String after() {
        return after;
    }

    int room() {
        return more ? Math.max(1, most - items.size()) : most;
    }

    /** The rows could not be read. */
    void unread() {
        reading = false;
    }

    /** The rows that were asked for with {@code limit}, in order: what is not among them and was not heard of since is gone. */
    void rows(List<Waits> rows, int limit) {
        reading = false;
        var full = rows.size() >= limit;
        var read = new TreeMap<String, Waits>();
        rows.forEach(row -> read.put(row.conversation(), row));
        items.entrySet()
                .removeIf(e -> e.getValue().change <= mark
                        && !read.containsKey(e.getKey())
                        && e.getKey().compareTo(after) > 0
                        && (!full || e.getKey().compareTo(read.lastKey()) <= 0));
        more = full || !after.isEmpty();
        rows.forEach(this::heard);
        after = full ? read.lastKey() : "";
    }
}
