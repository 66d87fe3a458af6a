package switchboard.journal;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import switchboard.log.Hash;
import switchboard.storage.Pages;

/**
 * Which logs owe something and when they want to be woken: the table {@code owed((bucket), pid) → wake_at}. A row too
 * many costs a needless wake, a row too few a debt that is forgotten; so the debtor writes it first and deletes it last.
 */
public final class Owed {

    public static final int BUCKETS = 256;

    private final CqlSession session;
    private final PreparedStatement owe;
    private final PreparedStatement settle;
    private final PreparedStatement bucket;
    private final LongSupplier term;
    private final AtomicLong stamps = new AtomicLong();
    private final LongAdder written = new LongAdder();
    private final LongAdder settled = new LongAdder();
    private final Map<Integer, Long> found = new ConcurrentHashMap<>();

    /**
     * Over the table {@code keyspace.owed}, which must exist.
     *
     * @param term higher than for any that wrote of the same log before (the lease's), 0 to 67 million. Writes are
     *     ordered by it and not by the clock, since a clock that was put back would let an old deletion hide a new debt.
     *     Such stamps are above all times, so what is deleted by hand while the program uses the keyspace comes back.
     */
    public Owed(CqlSession session, String keyspace, LongSupplier term) {
        this.session = session;
        this.owe = session.prepare(
                "INSERT INTO %s.owed (bucket, pid, wake_at) VALUES (?, ?, ?) USING TIMESTAMP ?".formatted(keyspace));
        this.settle = session.prepare(
                "DELETE FROM %s.owed USING TIMESTAMP ? WHERE bucket = ? AND pid = ?".formatted(keyspace));
        this.bucket = session.prepare("SELECT pid, wake_at FROM %s.owed WHERE bucket = ?".formatted(keyspace));
        this.term = term;
    }

    /** The log owes something and is to be woken at {@code wakeAt}; done when that is durable. Again: the later call counts. */
    public CompletionStage<Done> owe(String persistenceId, Instant wakeAt) {
        written.increment();
        return execute(owe.bind(bucket(persistenceId), persistenceId, wakeAt, stamp()));
    }

    /** The log owes nothing any more. Again: done. */
    public CompletionStage<Done> settle(String persistenceId) {
        settled.increment();
        return execute(settle.bind(stamp(), bucket(persistenceId), persistenceId));
    }

    /** How many rows were written by this program. */
    public long written() {
        return written.sum();
    }

    /** How many rows were deleted by this program. */
    public long settled() {
        return settled.sum();
    }

    /** How many were due when the workers of this node looked last. */
    public long due() {
        return found.values().stream().mapToLong(Long::longValue).sum();
    }

    /** So many were due when that worker looked. */
    void found(int worker, long count) {
        found.put(worker, count);
    }

    /** Those of one bucket that are to be woken at {@code now} or were before. */
    Source<String, NotUsed> due(int bucket, Instant now) {
        return Pages.of(session, prepared(this.bucket.bind(bucket)).setPageSize(500))
                .filter(row -> !requireNonNull(row.getInstant("wake_at")).isAfter(now))
                .map(row -> requireNonNull(row.getString("pid")));
    }

    /** Higher than all of this node's, and than all of earlier terms. */
    private long stamp() {
        var least = (1L << 62) + (term.getAsLong() << 36);
        return stamps.updateAndGet(last -> Math.max(last, least) + 1);
    }

    /** 0 to 255, the first byte of SHA-256: the same for ever. */
    static int bucket(String persistenceId) {
        return Integer.parseInt(
                Hash.of(persistenceId.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .substring(0, 2),
                16);
    }

    private CompletionStage<Done> execute(BoundStatement statement) {
        return session.executeAsync(prepared(statement)).thenApply(_ -> Done.getInstance());
    }

    private static BoundStatement prepared(BoundStatement statement) {
        return statement.setIdempotent(true);
    }
}
