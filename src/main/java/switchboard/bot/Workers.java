package switchboard.bot;

import java.time.Duration;
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;

/**
 * A few threads with a bounded queue. The deadline of a work runs from its start. One that is late is interrupted and goes on for
 * nobody; while it hangs all the same, another thread stands in for its own. Where the stand-ins hang too, all else fails at once:
 * nobody waits behind what may never end.
 */
final class Workers implements AutoCloseable {

    /** At most so many at a time. */
    static final int STAND_INS = 4;

    private final int count;
    private final ThreadPoolExecutor threads;
    private int hanging;

    Workers(int count, int queue) {
        var number = new AtomicInteger();
        this.count = count;
        threads = new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), work -> {
            var thread = new Thread(work, "bot-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Empty where the queue is full. Fails with a {@link TimeoutException} past the deadline, as the work did, or with an
     * {@link IllegalStateException} where all threads hang.
     */
    <T> Optional<CompletionStage<T>> work(Supplier<T> work, Duration deadline) {
        var job = new Job<>(work, deadline);
        try {
            threads.execute(job);
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
        failWhereAllHang();
        return Optional.of(job.result);
    }

    /** Whether nothing more is taken on now. */
    boolean full() {
        return threads.getQueue().remainingCapacity() == 0;
    }

    /** Works that wait. */
    int waiting() {
        return threads.getQueue().size();
    }

    /** Works that are late and have not ended. */
    synchronized int hanging() {
        return hanging;
    }

    private void hangs() {
        synchronized (this) {
            hanging++;
            var size = size();
            threads.setMaximumPoolSize(size);
            threads.setCorePoolSize(size);
        }
        failWhereAllHang();
    }

    private synchronized void hangsNoMore() {
        hanging--;
        var size = size();
        threads.setCorePoolSize(size);
        threads.setMaximumPoolSize(size);
    }

    private int size() {
        return count + Math.min(hanging, STAND_INS);
    }

    private void failWhereAllHang() {
        if (hanging() >= count + STAND_INS) {
            var waiting = new ArrayList<Runnable>();
            threads.getQueue().drainTo(waiting);
            waiting.forEach(it -> ((Job<?>) it).fail());
        }
    }

    /** Ends what is at work; what waits is not begun. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    private final class Job<T> implements Runnable {

        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final Supplier<T> work;
        private final Duration deadline;
        private boolean late;
        private @Nullable Thread thread;

        Job(Supplier<T> work, Duration deadline) {
            this.work = work;
            this.deadline = deadline;
        }

        @Override
        public void run() {
            begun(Thread.currentThread());
            var _ = result.whenComplete((_, failure) -> {
                if (failure instanceof TimeoutException) {
                    late();
                }
            });
            result.orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS);
            try {
                var worked = work.get();
                ended();
                result.complete(worked);
            } catch (RuntimeException | Error e) { // whatever it is, who waits is told, and judges it
                ended();
                result.completeExceptionally(e);
            }
        }

        void fail() {
            result.completeExceptionally(new IllegalStateException("all threads of the bot hang"));
        }

        private synchronized void begun(Thread its) {
            thread = its;
        }

        private synchronized void late() {
            if (thread != null) {
                late = true;
                thread.interrupt();
                hangs();
            }
        }

        private synchronized void ended() {
            thread = null;
            if (late) {
                late = false;
                hangsNoMore();
            }
        }
    }
}
