package switchboard.sse;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import switchboard.request.Fault;
import switchboard.request.Problem;
import switchboard.security.Principal;

/**
 * The answers that go on, on this node: bounded in number, in all and for each caller; looked at every second, and before
 * each frame, whether their caller may still see what comes, and whether he takes it; ended in order when the node stops.
 */
public final class Streams implements AutoCloseable {

    /**
     * What is borne.
     *
     * @param inAll open at a time
     * @param perCaller of these with one credential
     * @param heartbeat so often at least there is something to read
     * @param retry after so long at the least a reader comes again
     * @param slow a reader who has not taken anything for so long, though there was something, is cut off
     * @param grace a stream that was ended has so long to come to its end
     */
    public record Bounds(int inAll, int perCaller, Duration heartbeat, Duration retry, Duration slow, Duration grace) {}

    /** What was seen of a stream. */
    enum Verdict {
        FINE,
        /** It never began: nobody will say when it is over. */
        GONE,
        SLOW,
        CUT
    }

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ActorSystem<?> system;
    private final Bounds bounds;
    private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger inAll = new AtomicInteger();
    private final ConcurrentHashMap<String, Integer> callers = new ConcurrentHashMap<>();
    private final LongAdder slow = new LongAdder();
    private final LongAdder revoked = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final CompletableFuture<Done> empty = new CompletableFuture<>();
    private final Cancellable looking;
    private volatile boolean stopping;

    public Streams(ActorSystem<?> system, Bounds bounds) {
        this.system = system;
        this.bounds = bounds;
        this.looking = system.scheduler()
                .scheduleWithFixedDelay(LOOK, LOOK, () -> look(System.nanoTime()), system.executionContext());
    }

    /**
     * A place for one more. Refused: TOO_MANY_STREAMS, STREAMS_FULL, and NOT_READY once it stops.
     *
     * @param fault why its caller may see nothing any more; asked every second
     */
    public OpenStream open(Principal caller, Supplier<Optional<Fault>> fault) {
        if (stopping) {
            throw new Problem(Fault.NOT_READY);
        }
        var name = caller.tenant() + ' ' + caller.role() + ' ' + caller.id();
        if (inAll.incrementAndGet() > bounds.inAll()) {
            inAll.decrementAndGet();
            throw refusal(Fault.STREAMS_FULL);
        }
        if (callers.merge(name, 1, Integer::sum) > bounds.perCaller()) {
            inAll.decrementAndGet();
            leave(name);
            throw refusal(Fault.TOO_MANY_STREAMS);
        }
        var stream = new OpenStream(this, name, fault, System.nanoTime());
        open.add(stream);
        if (stopping) {
            stream.end(Frames.retry(bounds.retry()), System.nanoTime());
        }
        return stream;
    }

    private Problem refusal(Fault fault) {
        refused.increment();
        return new Problem(fault);
    }

    Bounds bounds() {
        return bounds;
    }

    /** Those open now. */
    public int count() {
        return open.size();
    }

    /** Readers who took nothing for too long and were cut off. */
    public long slow() {
        return slow.sum();
    }

    /** Streams ended because their caller's credential stands no longer. */
    public long revoked() {
        return revoked.sum();
    }

    /** Streams not opened because there were too many. */
    public long refused() {
        return refused.sum();
    }

    /** Ends them all, each with a time to come again of its own; done when they are over, within twice the grace. */
    public CompletionStage<Done> stop() {
        stopping = true;
        looking.cancel();
        var now = System.nanoTime();
        open.forEach(stream -> stream.end(Frames.retry(bounds.retry()), now));
        system.scheduler()
                .scheduleOnce(
                        bounds.grace(),
                        () -> open.forEach(stream -> stream.cut(System.nanoTime())),
                        system.executionContext());
        isOver();
        return empty.copy()
                .completeOnTimeout(Done.getInstance(), 2 * bounds.grace().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends them all and waits for it. */
    @Override
    public void close() {
        stop().toCompletableFuture().join();
    }

    /** At a time of {@link System#nanoTime}. */
    void look(long now) {
        for (var stream : open) {
            switch (stream.look(now)) {
                case FINE -> {}
                case GONE -> over(stream);
                case CUT -> stream.cut(now);
                case SLOW -> {
                    slow.increment();
                    stream.cut(now);
                }
            }
        }
    }

    void revokedOne() {
        revoked.increment();
    }

    void over(OpenStream stream) {
        if (open.remove(stream)) {
            inAll.decrementAndGet();
            leave(stream.caller());
            isOver();
        }
    }

    private void isOver() {
        if (stopping && open.isEmpty()) {
            empty.complete(Done.getInstance());
        }
    }

    private void leave(String caller) {
        callers.computeIfPresent(caller, (_, n) -> n > 1 ? n - 1 : null);
    }
}
