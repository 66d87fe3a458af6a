package switchboard.channel;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What goes out on this node, counted. */
public final class Traffic {

    private record Standing(int waiting, Optional<Instant> oldest) {}

    private final LongAdder connections = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder again = new LongAdder();
    private final LongAdder taken = new LongAdder();
    private final LongAdder unsendable = new LongAdder();
    private final Map<String, Standing> partitions = new ConcurrentHashMap<>();

    /** Open now. */
    public long connections() {
        return connections.sum();
    }

    /** Messages handed to connections, each time counted. */
    public long sent() {
        return sent.sum();
    }

    /** Of them those that the same connection had before. */
    public long again() {
        return again.sum();
    }

    /** Partitions that went over to a newer connection. */
    public long taken() {
        return taken.sum();
    }

    /** Messages that could not be sent since their contents are erased or damaged; each attempt counted. */
    public long unsendable() {
        return unsendable.sum();
    }

    /** Messages that wait, in the partitions that are leased here. */
    public long waiting() {
        return partitions.values().stream().mapToLong(Standing::waiting).sum();
    }

    /** Since when the oldest of them waits. */
    public Optional<Instant> oldest() {
        return standings().stream()
                .flatMap(standing -> standing.oldest.stream())
                .min(Comparator.naturalOrder());
    }

    /** Partitions that are leased here. */
    public int leased() {
        return partitions.size();
    }

    private Collection<Standing> standings() {
        return partitions.values();
    }

    void opened() {
        connections.increment();
    }

    void ended() {
        connections.decrement();
    }

    void sent(boolean before) {
        sent.increment();
        if (before) {
            again.increment();
        }
    }

    void took() {
        taken.increment();
    }

    void couldNot() {
        unsendable.increment();
    }

    void stands(String partition, Waiting waiting) {
        partitions.put(partition, new Standing(waiting.size(), waiting.oldest()));
    }

    void free(String partition) {
        partitions.remove(partition);
    }
}
