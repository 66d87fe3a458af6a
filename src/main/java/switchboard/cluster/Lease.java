package switchboard.cluster;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.wire.CannotStart;

/**
 * A node's right to write to a keyspace: only while it, and every other that has that right, is of one cluster. Each renewal holds
 * for a while; who could not renew neither writes nor acknowledges until he has renewed, and ends where his right was taken.
 *
 * <p>Before a shard begins here, {@link #raise} makes sure that whoever else might still write to it has no right any more, and takes
 * a new {@link #term}: so what is written in a later term was written by one who had looked later.
 */
public final class Lease implements AutoCloseable {

    /**
     * How long what takes; {@code lost} lies well under {@code expires}, because the first is measured here and the second there.
     *
     * @param renew between renewals
     * @param lost so long after the last confirmed renewal was sent nothing is written any more; zero where nobody else can reach the
     *     database, so that its absence is only waited for
     * @param expires so long after a renewal others may take it for dead; whole seconds
     */
    public record Times(Duration renew, Duration lost, Duration expires) {
        public static final Times USUAL =
                new Times(Duration.ofSeconds(2), Duration.ofSeconds(8), Duration.ofSeconds(12));

        /** For a database of one's own. */
        public Times patient() {
            return new Times(renew, Duration.ZERO, expires);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** So long a node of another cluster may need to learn that it was cut off from ours. */
    private static final Duration STRANGERS = Duration.ofSeconds(30);

    private final LeaseTable table;
    private final Times times;
    private final Runnable onLost;
    private final ScheduledExecutorService works = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lease").factory());
    private final List<CompletableFuture<Done>> waiting = new ArrayList<>();
    private final Map<String, Long> silentSince = new HashMap<>();
    /** Whom a shard waits for. Whoever comes now is refused by himself. */
    private final Strangers strangers;

    private String address = "";
    private Members members = Members.NONE;
    private long beat;
    private boolean suspended;
    private volatile long term;
    private volatile long confirmed;
    private volatile boolean ours;

    /**
     * Nothing is held yet.
     *
     * @param node by which it takes its own right over after a kill
     * @param onLost called once when it was taken from us: stop without writing
     */
    public Lease(CqlSession session, String node, Times times, Runnable onLost) {
        this.table = new LeaseTable(session, node, times.expires());
        this.times = times;
        this.onLost = onLost;
        this.strangers = new Strangers(table.keyspace(), Duration.ofDays(1));
    }

    /**
     * Takes it, at once also when this node had it before; waits for the right of one that has died to expire; refused while one
     * that is not of {@code cluster} renews his.
     *
     * @param self the address of this start, by which others know it in the cluster
     */
    public void take(String self, Members cluster) {
        address = self;
        members = cluster;
        var others = new Strangers(table.keyspace(), cluster.alone() ? Duration.ZERO : STRANGERS);
        for (int failures = 0; !ours; ) {
            try {
                ours = step(true, others);
            } catch (DriverException e) {
                if (++failures == ATTEMPTS) {
                    throw new CannotStart("the lease could not be taken: " + e.getMessage(), e);
                }
                LOG.warn("taking the lease: {}; again", e.getMessage());
            }
            if (!ours) {
                pause();
            }
        }
        var every = times.renew().toMillis();
        var _ = works.scheduleWithFixedDelay(guarded(this::renew), every, every, TimeUnit.MILLISECONDS);
    }

    /** Higher than that of any node before; rises with {@link #raise}. */
    public long term() {
        return term;
    }

    /** Whether what is written now is ours to write, and what was written until now was. */
    public boolean held() {
        return ours && (times.lost().isZero() || since() < times.lost().toNanos());
    }

    /** Done once nobody outside the cluster can write any more, and {@link #term} is one that was taken after this call. */
    public CompletionStage<Done> raise() {
        var done = new CompletableFuture<Done>();
        works.execute(() -> {
            waiting.add(done);
            if (waiting.size() == 1) {
                works.execute(guarded(this::raiseNow));
            }
        });
        return done;
    }

    /** Gives it back. */
    @Override
    public void close() {
        works.shutdownNow();
        if (end()) {
            try {
                table.giveBack(address);
            } catch (DriverException e) {
                LOG.info("the lease could not be given back and expires by itself: {}", e.getMessage());
            }
        }
    }

    /** One for all who wait: they came before it began. */
    private void raiseNow() {
        try {
            if (ours && step(false, strangers)) {
                List.copyOf(waiting).forEach(it -> it.complete(Done.getInstance()));
                waiting.clear();
            }
        } catch (DriverException e) {
            LOG.warn("a shard waits, because the term could not be raised: {}", e.getMessage());
        } finally {
            if (ours && !waiting.isEmpty()) {
                var _ = works.schedule(guarded(this::raiseNow), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /**
     * Takes or renews it in a new term; no if somebody else may still write, or anything has changed meanwhile.
     */
    private boolean step(boolean first, Strangers strangers) {
        var sent = System.nanoTime();
        var seen = table.read();
        var others = seen.rows().stream()
                .filter(row -> !row.node().equals(table.node()) && !members.has(row.address()))
                .toList();
        var living = others.stream().filter(LeaseRow::lives).toList();
        strangers.waitFor(living, members::knows);
        if (!living.isEmpty()) {
            return false;
        }
        beat++;
        var applied = first
                ? table.take(seen.term(), address, beat, others)
                : table.raise(seen.term(), address, beat, others);
        if (applied) {
            term = seen.term() + 1;
            confirmed = sent;
        } else if (!first && seen.rows().stream().noneMatch(row -> row.address().equals(address))) {
            lose("others took this node for dead");
        }
        return applied;
    }

    private void renew() {
        var sent = System.nanoTime();
        try {
            if (table.renew(address, ++beat, times.renew())) {
                confirmed = sent;
                if (suspended) {
                    LOG.warn("the lease is renewed: writing again");
                    suspended = false;
                }
                look();
            } else {
                lose("others took this node for dead, or it was started twice");
            }
        } catch (DriverException e) {
            LOG.warn("the lease could not be renewed: {}", e.getMessage());
            silentSince.clear();
            if (ours && !held() && !suspended) {
                suspended = true;
                LOG.error(
                        "no renewal was confirmed for {} s: nothing is written until one is",
                        times.lost().toSeconds());
            }
        }
    }

    /** Who takes part and can be reached, but is silent here, is cut off from the database: his conversations belong elsewhere. */
    private void look() {
        if (members.alone()) {
            return;
        }
        var now = System.nanoTime();
        var silent = table.read().rows().stream()
                .filter(row -> !row.lives() && !row.node().equals(table.node()) && members.has(row.address()))
                .map(LeaseRow::address)
                .toList();
        silentSince.keySet().retainAll(silent);
        silent.forEach(it -> {
            var since = silentSince.putIfAbsent(it, now);
            if (since != null
                    && now - since > times.expires().minus(times.lost()).toNanos()) {
                LOG.error("{} does not renew its lease: the cluster goes on without it", it);
                members.down(it);
            }
        });
    }

    /** Whatever goes wrong once is tried again: who does not renew loses his right by that alone. */
    private static Runnable guarded(Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (RuntimeException e) { // a thrown error would end the renewals for good, silently
                LOG.error("the lease: a step failed", e);
            }
        };
    }

    private void lose(String why) {
        if (end()) {
            LOG.error("the lease is lost: {}", why);
            onLost.run();
        }
    }

    /** Whether it was held until now. */
    private synchronized boolean end() {
        var was = ours;
        ours = false;
        return was;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted", e);
        }
    }

    private long since() {
        return System.nanoTime() - confirmed;
    }
}
