package switchboard.log;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * What the logs' writers on this node are writing at the moment. Where a write's outcome stays unknown the actor ends;
 * its next life writes the same bytes again before anything else, so that the first attempt, should it surface late,
 * stands beside its own copy and not beside something that was acknowledged meanwhile.
 */
public final class Unconfirmed {

    private record Write(List<Entry> entries, long since) {}

    private final Map<String, Write> writes = new ConcurrentHashMap<>();
    private final LongConsumer took;

    public Unconfirmed() {
        this(_ -> {});
    }

    /** {@code took} is told after how many nanoseconds the journal had each write. */
    public Unconfirmed(LongConsumer took) {
        this.took = took;
    }

    /** These go to the journal now. */
    public List<Entry> writing(String persistenceId, List<Entry> now) {
        writes.put(persistenceId, new Write(now, System.nanoTime()));
        return now;
    }

    /** The journal has them. */
    public void confirmed(String persistenceId) {
        var write = writes.remove(persistenceId);
        if (write != null) {
            took.accept(System.nanoTime() - write.since());
        }
    }

    /** What was being written when the last life ended and would follow {@code head}; none when it stands, or cannot. */
    public List<Entry> following(String persistenceId, Head head) {
        var write = writes.get(persistenceId);
        var left = write == null ? List.<Entry>of() : write.entries();
        return left.stream().limit(1).allMatch(e -> e.prev().equals(head.hash())) ? left : List.of();
    }

    /** Whether the last life ended over a write. */
    public boolean has(String persistenceId) {
        return writes.containsKey(persistenceId);
    }
}
