package switchboard.bot;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A few threads with a bounded queue. The deadline of a work runs from its start; one that is late goes on for nobody. */
final class Workers implements AutoCloseable {

    private final ThreadPoolExecutor threads;

    Workers(int count, int queue) {
        var number = new AtomicInteger();
        threads = new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), work -> {
            var thread = new Thread(work, "bot-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Empty where the queue is full. Fails with a {@link TimeoutException} past the deadline, or as the work did. */
    <T> Optional<CompletionStage<T>> work(Supplier<T> work, Duration deadline) {
        var result = new CompletableFuture<T>();
        try {
            threads.execute(() -> {
                result.orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS);
                try {
                    result.complete(work.get());
                } catch (RuntimeException | Error e) { // whatever it is, who waits is told, and judges it
                    result.completeExceptionally(e);
                }
            });
            return Optional.of(result);
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
    }

    /** Works that wait. */
    int waiting() {
        return threads.getQueue().size();
    }

    /** Ends what is at work; what waits is not begun. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
