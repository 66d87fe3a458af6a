package switchboard;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;

/** Whether work can be done: the database answered a moment ago, and the keyspace is still ours. */
final class Readiness implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration MOMENT = Duration.ofSeconds(3);

    private final Supplier<CompletionStage<?>> ping;
    private final BooleanSupplier held;
    private final AtomicBoolean asking = new AtomicBoolean();
    private final Cancellable timer;
    private volatile long answered = System.nanoTime();
    private volatile boolean failed;

    /** Asks twice a second, one question at a time. */
    Readiness(ActorSystem<?> system, Supplier<CompletionStage<?>> ping, BooleanSupplier held) {
        this.ping = ping;
        this.held = held;
        this.timer =
                system.scheduler().scheduleWithFixedDelay(Duration.ZERO, EVERY, this::ask, system.executionContext());
    }

    boolean ready() {
        return !failed && System.nanoTime() - answered < MOMENT.toNanos() && held.getAsBoolean();
    }

    private void ask() {
        if (asking.compareAndSet(false, true)) {
            ping.get().whenComplete((_, no) -> {
                failed = no != null;
                if (no == null) {
                    answered = System.nanoTime();
                }
                asking.set(false);
            });
        }
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
