package switchboard.journal;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.log.Hash;
import switchboard.log.Head;

/**
 * The latest known head of each log, beside the logs: where a log's end was cut off, what is left is still a proper
 * chain, and only this tells. Nobody waits for it; a node that is killed takes at most one interval of heads with it.
 */
public final class Heads {

    private static final int MOST = 100_000;
    private static final int AT_ONCE = 32;
    private static final Logger LOG = LoggerFactory.getLogger(Heads.class);

    private final ActorSystem<?> system;
    private final CqlSession session;
    private final PreparedStatement put;
    private final PreparedStatement get;
    private final Map<String, Head> unwritten = new ConcurrentHashMap<>();
    private final LongAdder left = new LongAdder();
    private final AtomicBoolean flushing = new AtomicBoolean();
    private final Cancellable timer;
    private volatile boolean failing;

    /** Over the table {@code keyspace.chain_head}, which must exist; written {@code every} so often. */
    public Heads(ActorSystem<?> system, CqlSession session, String keyspace, Duration every) {
        this.system = system;
        this.session = session;
        this.put = session.prepare(
                "INSERT INTO %s.chain_head (pid, seq, hash) VALUES (?, ?, ?) USING TIMESTAMP ?".formatted(keyspace));
        this.get = session.prepare("SELECT seq, hash FROM %s.chain_head WHERE pid = ?".formatted(keyspace));
        this.timer = system.scheduler().scheduleWithFixedDelay(every, every, this::flush, system.executionContext());
    }

    /** Remembers the head, unless a later one is known. Past 100,000 logs unwritten, others are left out and counted. */
    public void record(String persistenceId, Head head) {
        if (unwritten.size() >= MOST && !unwritten.containsKey(persistenceId)) {
            left.increment();
            return;
        }
        unwritten.merge(persistenceId, head, Heads::later);
    }

    /** The latest that was recorded here or written by anyone. */
    public CompletionStage<Optional<Head>> find(String persistenceId) {
        var here = Optional.ofNullable(unwritten.get(persistenceId));
        return session.executeAsync(safe(get.bind(persistenceId)))
                .thenApply(rows -> Optional.ofNullable(rows.one())
                        .map(row -> new Head(row.getLong("seq"), Hash.parse(requireNonNull(row.getString("hash")))))
                        .map(stored -> here.map(h -> later(stored, h)).orElse(stored))
                        .or(() -> here));
    }

    /** How many heads were left out. */
    public long left() {
        return left.sum();
    }

    /** Writes what is unwritten and then no more by itself; fails when it could not. */
    public CompletionStage<Done> stop() {
        timer.cancel();
        return write();
    }

    private void flush() {
        if (unwritten.isEmpty() || !flushing.compareAndSet(false, true)) {
            return;
        }
        write().whenComplete((_, failure) -> {
            flushing.set(false);
            note(failure);
        });
    }

    private void note(@Nullable Throwable failure) {
        if (failure != null && !failing) {
            LOG.warn("{} chain heads cannot be written; trying again", unwritten.size(), failure);
        }
        failing = failure != null;
    }

    /** What fails stays for the next time, as does what moved on meanwhile. */
    private CompletionStage<Done> write() {
        return Source.from(unwritten.entrySet())
                .mapAsyncUnordered(AT_ONCE, e -> write(e.getKey(), e.getValue()))
                .run(system);
    }

    private CompletionStage<Done> write(String persistenceId, Head head) {
        var seq = head.seq();
        return session.executeAsync(
                        safe(put.bind(persistenceId, seq, head.hash().toString(), seq)))
                .thenApply(_ -> {
                    unwritten.remove(persistenceId, head);
                    return Done.getInstance();
                });
    }

    private static Head later(Head a, Head b) {
        return b.seq() > a.seq() ? b : a;
    }

    private static BoundStatement safe(BoundStatement statement) {
        return statement.setIdempotent(true);
    }
}
