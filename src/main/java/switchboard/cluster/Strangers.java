package switchboard.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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

    /**
     * All of them, as they are now. Refused: a {@link CannotStart} where one goes on renewing and is none of ours.
     *
     * @param known whether an address is of this cluster
     */
    void waitFor(List<LeaseRow> living, Predicate<String> known) {
        firsts.keySet().retainAll(living.stream().map(LeaseRow::address).toList());
        living.forEach(row -> waitFor(row, known.test(row.address())));
    }

    private void waitFor(LeaseRow row, boolean known) {
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
