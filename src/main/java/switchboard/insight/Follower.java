package switchboard.insight;

import static java.util.concurrent.CompletableFuture.failedStage;

import com.datastax.oss.driver.api.core.CqlSession;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Facts;

/**
 * Takes what conversations tell of themselves and has the rows follow: 32 conversations at a time, so that a flood does not
 * crowd out what customers wait for, and one thing at a time of each. What is told again while it waits is written once.
 */
public final class Follower {

    private static final int AT_ONCE = 32;
    private static final int MOST = 100_000;

    private record Work(Facts facts, CompletableFuture<Done> done) {
        /** The later of both, for whoever waits for either. */
        Work or(Facts other) {
            return other.seq() > facts.seq() ? new Work(other, done) : this;
        }
    }

    private final Function<Facts, CompletionStage<Done>> write;
    private final Runnable forget;
    private final LongSupplier nanos;
    private final Map<String, Work> waiting = new LinkedHashMap<>();
    private final Set<String> running = new HashSet<>();
    private final Map<String, Long> behind = new LinkedHashMap<>();
    private final LongAdder written = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /** Over the tables of {@code keyspace}, which must exist. */
    public static Follower over(CqlSession session, String keyspace, Customers customers) {
        var rows = new Rows(session, keyspace, customers);
        return new Follower(rows::write, rows::forget, System::nanoTime);
    }

    Follower(Function<Facts, CompletionStage<Done>> write, Runnable forget, LongSupplier nanos) {
        this.write = write;
        this.forget = forget;
        this.nanos = nanos;
    }

    /** Done when the rows are where {@code facts} are, or further. Fails past 100,000 that wait: to be told again. */
    public CompletionStage<Done> follow(Facts facts) {
        var pid = Conversation.persistenceId(facts.tenant(), facts.conversation());
        CompletionStage<Done> done;
        synchronized (this) {
            if (behind.size() < MOST) {
                behind.putIfAbsent(pid, nanos.getAsLong());
            }
            if (waiting.size() >= MOST && !waiting.containsKey(pid)) {
                return failedStage(new IllegalStateException("too much is told at once"));
            }
            done = waiting.merge(pid, new Work(facts, new CompletableFuture<>()), (work, next) -> work.or(next.facts))
                    .done;
        }
        start();
        return done;
    }

    /** Whatever is known of the tables is forgotten: somebody may have emptied them. */
    void forget() {
        forget.run();
    }

    /** Conversations whose rows are not where they stand. */
    public synchronized int behind() {
        return behind.size();
    }

    /** How long the oldest of these has been so. */
    public synchronized Duration lag() {
        return behind.values().stream()
                .findFirst()
                .map(since -> Duration.ofNanos(nanos.getAsLong() - since))
                .orElse(Duration.ZERO);
    }

    /** How often rows were brought to where a conversation stands. */
    public long written() {
        return written.sum();
    }

    /** How often they could not be; each is told again. */
    public long failed() {
        return failed.sum();
    }

    private void start() {
        for (var next = next(); next.isPresent(); next = next()) {
            var pid = next.get().getKey();
            var work = next.get().getValue();
            write.apply(work.facts).whenComplete((_, failure) -> ended(pid, work, failure));
        }
    }

    private synchronized Optional<Map.Entry<String, Work>> next() {
        if (running.size() >= AT_ONCE) {
            return Optional.empty();
        }
        var next = waiting.entrySet().stream()
                .filter(e -> !running.contains(e.getKey()))
                .findFirst()
                .map(Map.Entry::copyOf);
        next.ifPresent(e -> {
            waiting.remove(e.getKey());
            running.add(e.getKey());
        });
        return next;
    }

    private void ended(String pid, Work work, @Nullable Throwable failure) {
        synchronized (this) {
            running.remove(pid);
            if (failure == null && !waiting.containsKey(pid)) {
                behind.remove(pid);
            }
        }
        if (failure == null) {
            written.increment();
            work.done.complete(Done.getInstance());
        } else {
            failed.increment();
            work.done.completeExceptionally(failure);
        }
        start();
    }
}
