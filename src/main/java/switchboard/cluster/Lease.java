package switchboard.cluster;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.wire.CannotStart;

/**
 * The right to write to a keyspace: one row, one holder. {@code term} rises with every acquisition and never expires;
 * {@code holder} expires unless it is renewed.
 *
 * <p>Whoever cannot renew must stop writing before the row expires for others; the monotonic clock decides, from the
 * moment before the last confirmed renewal was sent.
 */
public final class Lease implements AutoCloseable {

    /**
     * How long what takes; {@code lost} lies well under {@code expires}.
     *
     * @param lost without a confirmed renewal for so long, the holder stops; zero where nobody else can reach the
     *     database, so that its absence is only waited for
     */
    public record Times(Duration renew, Duration lost, Duration expires) {
        public static final Times USUAL =
                new Times(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30));

        /** For a database of one's own. */
        public Times patient() {
            return new Times(renew, Duration.ZERO, expires);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final String NAME = "writer";
    private static final int ATTEMPTS = 3;

    private final CqlSession session;
    private final String holder;
    private final Times times;
    private final Runnable onLost;
    private final Thread renews;
    private final Thread watches;
    private final long term;
    private volatile long confirmed;
    private volatile boolean held = true;

    /**
     * Takes it, at once also when this {@code holder} had it before; refuses while another has it.
     *
     * @param onLost called once when it is no longer ours: stop without writing
     */
    public static Lease acquire(CqlSession session, String holder, Times times, Runnable onLost) {
        for (int attempt = 1; ; attempt++) {
            try {
                var sent = System.nanoTime();
                return new Lease(session, holder, times, onLost, take(session, holder, times), sent).started();
            } catch (DriverException e) {
                if (attempt == ATTEMPTS) {
                    throw new CannotStart("the lease could not be taken: " + e.getMessage(), e);
                }
                LOG.warn("taking the lease: {}; again", e.getMessage());
            }
        }
    }

    private Lease(CqlSession session, String holder, Times times, Runnable onLost, long term, long sent) {
        this.session = session;
        this.holder = holder;
        this.times = times;
        this.onLost = onLost;
        this.term = term;
        this.confirmed = sent;
        var daemon = Thread.ofPlatform().daemon();
        this.renews = daemon.name("lease-renews").unstarted(() -> every(times.renew(), this::renew));
        this.watches =
                daemon.name("lease-watches").unstarted(() -> every(times.renew().dividedBy(5), this::watch));
    }

    private Lease started() {
        renews.start();
        watches.start();
        return this;
    }

    /** Higher than that of any holder before. */
    public long term() {
        return term;
    }

    /** Whether a renewal was confirmed lately enough to go on writing. */
    public boolean held() {
        return held && since() < Times.USUAL.lost().toNanos();
    }

    /** Gives it back. */
    @Override
    public void close() {
        if (end()) {
            renews.interrupt();
            watches.interrupt();
            try {
                session.execute(statement("DELETE holder FROM lease WHERE name = ? IF term = ?", NAME, term));
            } catch (DriverException e) {
                LOG.info("the lease could not be given back and expires by itself: {}", e.getMessage());
            }
        }
    }

    private static long take(CqlSession session, String holder, Times times) {
        session.execute(statement("INSERT INTO lease (name, term) VALUES (?, 0) IF NOT EXISTS", NAME));
        var row = read(session);
        var other = row.getString("holder");
        if (other != null && !other.equals(holder)) {
            throw inUse(session, other);
        }
        var before = row.getLong("term");
        // Two statements, because the time to live is the holder's alone.
        var taken = session.execute(BatchStatement.newInstance(BatchType.LOGGED)
                .add(statement(
                        "UPDATE lease SET term = ? WHERE name = ? IF term = ? AND holder = ?",
                        before + 1,
                        NAME,
                        before,
                        other))
                .add(statement(
                        "UPDATE lease USING TTL ? SET holder = ? WHERE name = ?",
                        (int) times.expires().toSeconds(),
                        holder,
                        NAME))
                .setIdempotent(false));
        if (!taken.wasApplied()) {
            throw inUse(session, String.valueOf(read(session).getString("holder")));
        }
        return before + 1;
    }

    private static CannotStart inUse(CqlSession session, String other) {
        return new CannotStart("keyspace %s is in use by another program (%s); its lease ends 30 s after that one did"
                .formatted(session.getKeyspace().map(name -> name.asInternal()).orElse("?"), other));
    }

    private static Row read(CqlSession session) {
        var row = session.execute(statement("SELECT term, holder FROM lease WHERE name = ?", NAME)
                        .setConsistencyLevel(com.datastax.oss.driver.api.core.ConsistencyLevel.SERIAL))
                .one();
        return requireNonNull(row, "the lease's row was just written");
    }

    private void renew() {
        var sent = System.nanoTime();
        try {
            var answer = session.execute(statement(
                            "UPDATE lease USING TTL ? SET holder = ? WHERE name = ? IF term = ?",
                            (int) times.expires().toSeconds(),
                            holder,
                            NAME,
                            term)
                    .setTimeout(times.renew()));
            if (answer.wasApplied()) {
                confirmed = sent;
            } else {
                lose("another program has taken the keyspace over");
            }
        } catch (DriverException e) {
            LOG.warn("the lease could not be renewed: {}", e.getMessage());
        }
    }

    private void watch() {
        if (!times.lost().isZero() && since() >= times.lost().toNanos()) {
            lose("no renewal was confirmed for " + times.lost().toSeconds() + " s");
        }
    }

    private void lose(String why) {
        if (end()) {
            LOG.error("the lease is lost: {}", why);
            onLost.run();
        }
    }

    /** Whether it was held until now. */
    private synchronized boolean end() {
        var was = held;
        held = false;
        return was;
    }

    private void every(Duration pause, Runnable step) {
        while (held) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
            step.run();
        }
    }

    private long since() {
        return System.nanoTime() - confirmed;
    }

    private static SimpleStatement statement(String cql, @Nullable Object... values) {
        return SimpleStatement.newInstance(cql, values).setIdempotent(false);
    }
}
