package switchboard.journal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.javadsl.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker of the daemon that wakes what is due: scans its share of the buckets, and again some time after the end. Its first
 * scan, and the first after a node has gone, takes what is due soon as well: who wrote that to be looked after may have died before
 * he did what he owed.
 */
public final class Waker {

    private static final Logger LOG = LoggerFactory.getLogger(Waker.class);

    /** What it is told. */
    public sealed interface Command {}

    /** Ends it. */
    public record Stop() implements Command {}

    private record Scan() implements Command {}

    private record Scanned(long woken, Optional<Throwable> failure) implements Command {}

    /**
     * How it works.
     *
     * @param workers how many share the buckets
     * @param every between the end of a scan and the next
     * @param perSecond most wakes per second and worker
     * @param ahead so far the first scan looks ahead, and the first after a node has gone
     */
    public record Pace(int workers, Duration every, int perSecond, Duration ahead) {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Owed owed;
    private final int number;
    private final Pace pace;
    private final InstantSource clock;
    private final LongSupplier gone;
    private final Consumer<String> wake;
    private final Source<Integer, NotUsed> buckets;
    private boolean ahead = true;
    private long seenGone;
    private boolean failing;

    /** The worker {@code number}, from 0, of a program alone; {@code wake} is called with the persistence id of each that is due. */
    public static Behavior<Command> create(
            Owed owed, int number, Pace pace, InstantSource clock, Consumer<String> wake) {
        return create(owed, number, pace, clock, () -> 0, wake);
    }

    /** The same, of a cluster: {@code gone} counts the nodes that have gone since the start. */
    public static Behavior<Command> create(
            Owed owed, int number, Pace pace, InstantSource clock, LongSupplier gone, Consumer<String> wake) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.getSelf().tell(new Scan());
            return new Waker(context, timers, owed, number, pace, clock, gone, wake).working();
        }));
    }

    private Waker(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Owed owed,
            int number,
            Pace pace,
            InstantSource clock,
            LongSupplier gone,
            Consumer<String> wake) {
        this.context = context;
        this.timers = timers;
        this.owed = owed;
        this.number = number;
        this.pace = pace;
        this.clock = clock;
        this.gone = gone;
        this.wake = wake;
        this.buckets = Source.from(IntStream.range(0, Owed.BUCKETS)
                .filter(bucket -> bucket % pace.workers() == number)
                .boxed()
                .toList());
    }

    private Behavior<Command> working() {
        return Behaviors.receive(Command.class)
                .onMessage(Scan.class, _ -> scan())
                .onMessage(Scanned.class, this::scanned)
                .onMessage(Stop.class, _ -> Behaviors.stopped())
                .build();
    }

    private Behavior<Command> scan() {
        var now = gone.getAsLong();
        ahead |= now != seenGone;
        seenGone = now;
        var until = clock.instant().plus(ahead ? pace.ahead() : Duration.ZERO);
        var scan = buckets.flatMapConcat(bucket -> owed.due(bucket, until))
                .throttle(pace.perSecond(), Duration.ofSeconds(1))
                .map(this::woken)
                .runFold(0L, Long::sum, context.getSystem());
        context.pipeToSelf(
                scan, (sum, failure) -> new Scanned(failure == null ? sum : 0, Optional.ofNullable(failure)));
        return Behaviors.same();
    }

    private long woken(String persistenceId) {
        wake.accept(persistenceId);
        return 1;
    }

    private Behavior<Command> scanned(Scanned scanned) {
        if (scanned.failure.isPresent() && !failing) {
            LOG.warn("what is owed cannot be read; trying again every {}", pace.every(), scanned.failure.get());
        }
        failing = scanned.failure.isPresent();
        ahead &= failing;
        owed.found(number, scanned.woken);
        timers.startSingleTimer(new Scan(), pace.every());
        return Behaviors.same();
    }
}
