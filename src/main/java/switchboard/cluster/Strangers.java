package switchboard.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.wire.CannotStart;

/** Those who may still write and cannot be reached in this cluster: the dead, whose right expires, and another cluster, which renews it. */
final class Strangers {

    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);

    private record First(long beat, long at) {}

    private final String keyspace;
    private final Duration patience;
    private final Map<String, First> firsts = new HashMap<>();

    /** {@code patience}: how long one may go on renewing before there is no hope. */
    Strangers(String keyspace, Duration patience) {
        this.keyspace = keyspace;
        this.patience = patience;
    }

    /** Refused: a {@link CannotStart} where he renews and is none of ours ({@code known}). */
    void waitFor(LeaseRow row, boolean known) {
        var now = System.nanoTime();
        long beat = requireNonNull(row.beat());
        var first = firsts.get(row.address());
        if (first == null) {
            LOG.info(
                    "waiting until {} at {}, which cannot be reached here, may not write any more",
                    row.node(),
                    row.address());
            firsts.put(row.address(), new First(beat, now));
        } else if (beat != first.beat() && !known && now - first.at() >= patience.toNanos()) {
            throw new CannotStart("keyspace %s is in use by another program (%s)".formatted(keyspace, row.node()));
        }
    }
}
