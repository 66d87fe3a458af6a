package switchboard.vault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.log.DataKey;

/**
 * A tenant's data keys that are durable and were never used. Refilled in the background from half its size on, several
 * batches at once; one that ran empty doubles its size, within limits. After a failure it rests, longer each time.
 */
final class KeyPool {

    /** Makes that many keys; completes when they are durable. */
    interface Maker {
        CompletionStage<List<DataKey>> make(int count);
    }

    /** Runs something after a while. */
    interface Later {
        void run(Duration delay, Runnable task);
    }

    /** Cassandra warns of batches over more than 10 partitions. */
    private static final int BATCH = 10;

    private static final int LANES = 16;
    private static final int LARGEST = 8_192;
    private static final Duration SHORTEST_REST = Duration.ofMillis(100);
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(KeyPool.class);

    private final String tenant;
    private final Maker maker;
    private final Later later;
    private final Deque<DataKey> ready = new ArrayDeque<>();
    private final Deque<CompletableFuture<DataKey>> waiting = new ArrayDeque<>();
    private int size;
    private int coming;
    private int lanes;
    private boolean filling;
    private boolean closed;
    private boolean resting;
    private Duration rest = SHORTEST_REST;

    KeyPool(String tenant, int size, Maker maker, Later later) {
        this.tenant = tenant;
        this.size = size;
        this.maker = maker;
        this.later = later;
        fill();
    }

    /** Empty while none is ready; does not wait. */
    synchronized Optional<DataKey> next() {
        var key = Optional.ofNullable(ready.poll());
        if (key.isEmpty()) {
            size = Math.min(2 * size, LARGEST);
        }
        fill();
        return key;
    }

    /** When one is ready; fails when a batch of keys could not be stored. */
    synchronized CompletionStage<DataKey> take() {
        var key = next();
        if (key.isPresent()) {
            return CompletableFuture.completedStage(key.get());
        }
        if (closed || resting) {
            return CompletableFuture.failedStage(new IllegalStateException("no keys can be stored now"));
        }
        var promised = new CompletableFuture<DataKey>();
        waiting.add(promised);
        fill();
        return promised;
    }

    /** How many are ready. */
    synchronized int ready() {
        return ready.size();
    }

    /** Makes no more. */
    synchronized void close() {
        closed = true;
        waiting.forEach(w -> w.completeExceptionally(new IllegalStateException("the vault is closed")));
        waiting.clear();
    }

    private synchronized void fill() {
        var wanted = size + waiting.size();
        if (ready.size() + coming <= wanted / 2) {
            filling = true;
        }
        while (filling && !closed && !resting && lanes < LANES) {
            var count = Math.min(BATCH, wanted - ready.size() - coming);
            if (count <= 0) {
                filling = false;
                return;
            }
            lanes++;
            coming += count;
            maker.make(count).whenComplete((keys, failure) -> made(count, keys, failure));
        }
    }

    private synchronized void made(int count, @Nullable List<DataKey> keys, @Nullable Throwable failure) {
        lanes--;
        coming -= count;
        if (keys != null) {
            rest = SHORTEST_REST;
            ready.addAll(keys);
            hand();
        } else if (!resting && !closed) {
            rest(failure);
        }
        fill();
    }

    private void hand() {
        while (!waiting.isEmpty() && !ready.isEmpty()) {
            waiting.remove().complete(ready.remove());
        }
    }

    private void rest(@Nullable Throwable failure) {
        if (rest.equals(SHORTEST_REST)) {
            LOG.warn(
                    "no data keys can be stored for tenant {}; {} are ready; trying again",
                    tenant,
                    ready.size(),
                    failure);
        }
        resting = true;
        waiting.forEach(w -> w.completeExceptionally(new IllegalStateException("no keys can be stored now")));
        waiting.clear();
        later.run(rest, this::wake);
        rest = rest.multipliedBy(2).compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest.multipliedBy(2);
    }

    private synchronized void wake() {
        resting = false;
        fill();
    }
}
