package switchboard.log;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the logs' writers on this node are writing at the moment. Where a write's outcome stays unknown the actor ends;
 * its next life writes the same bytes again before anything else, so that the first attempt, should it surface late,
 * stands beside its own copy and not beside something that was acknowledged meanwhile.
 */
public final class Unconfirmed {

    private final Map<String, List<Entry>> entries = new ConcurrentHashMap<>();

    /** These go to the journal now. */
    public List<Entry> writing(String persistenceId, List<Entry> now) {
        entries.put(persistenceId, now);
        return now;
    }

    /** The journal has them. */
    public void confirmed(String persistenceId) {
        entries.remove(persistenceId);
    }

    /** What was being written when the last life ended and would follow {@code head}; none when it stands, or cannot. */
    public List<Entry> following(String persistenceId, Head head) {
        var left = entries.getOrDefault(persistenceId, List.of());
        return left.stream().limit(1).allMatch(e -> e.prev().equals(head.hash())) ? left : List.of();
    }

    /** Whether the last life ended over a write. */
    public boolean has(String persistenceId) {
        return entries.containsKey(persistenceId);
    }
}
