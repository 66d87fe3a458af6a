package switchboard.intake;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import switchboard.request.Fault;
import switchboard.request.Problem;

/** So many at once; more are turned away before anything of them is read. */
public final class Admission {

    /** A place; given back once, however often it is closed. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    private final int most;
    private final AtomicInteger taken = new AtomicInteger();
    private final LongAdder refused = new LongAdder();

    public Admission(int most) {
        this.most = most;
    }

    /** Refused: OVERLOADED. */
    public Place enter() {
        if (taken.incrementAndGet() > most) {
            taken.decrementAndGet();
            refused.increment();
            throw new Problem(Fault.OVERLOADED);
        }
        var open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                taken.decrementAndGet();
            }
        };
    }

    /** Holds a place until {@code work} has ended. Refused: OVERLOADED. */
    public <T> CompletionStage<T> during(Supplier<CompletionStage<T>> work) {
        return lent(place -> work.get().whenComplete((_, _) -> place.close()));
    }

    /** A place that {@code work} gives back when it likes; where it fails, it is given back here. Refused: OVERLOADED. */
    public <T> CompletionStage<T> lent(Function<Place, CompletionStage<T>> work) {
        var place = enter();
        try {
            return work.apply(place).whenComplete((_, failure) -> {
                if (failure != null) {
                    place.close();
                }
            });
        } catch (RuntimeException e) { // whatever it is: the place is free again, and it goes on
            place.close();
            throw e;
        }
    }

    /** Places taken now. */
    public int taken() {
        return taken.get();
    }

    /** How many were turned away so far. */
    public long refused() {
        return refused.sum();
    }
}
