package switchboard.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Load that comes when it is due, whatever was answered until then. A request's wait counts from when it was due: when no connection is
 * free, or the program stands still, all that should have been sent meanwhile has waited too.
 *
 * @param round its waits are those since requests were due
 * @param late by so much a free connection sent after it was due, in nanoseconds, ascending: what the load generator itself adds
 */
public record OpenLoop(Round round, List<Long> late) {

    /** Requests evenly from a moment on. */
    record Schedule(long start, double perSecond) {

        /** When number {@code number}, from 0 on, is due, of {@link Clock#now()}. */
        long due(long number) {
            return start + Math.round(number * (TimeUnit.SECONDS.toNanos(1) / perSecond));
        }

        /** So many are due within {@code time}. */
        long count(Duration time) {
            return (long) Math.ceil(perSecond * time.toNanos() / TimeUnit.SECONDS.toNanos(1));
        }
    }

    /** In nanoseconds. */
    interface Clock {

        long now();

        /** Returns at {@code due} or soon after. */
        void await(long due);
    }

    /** What one connection has seen. */
    record Seen(List<Long> waits, List<Long> late) {}

    private static final Clock CLOCK = new Clock() {

        @Override
        public long now() {
            return System.nanoTime();
        }

        @Override
        public void await(long due) {
            for (var left = due - now(); left > 0; left = due - now()) {
                LockSupport.parkNanos(left);
            }
        }
    };

    /** {@code connections} are a pool: whichever is free takes what is due next. Each of their requests is one event. */
    public static OpenLoop run(
            List<? extends Round.Client> connections, double perSecond, Duration time, Proc program, Proc cassandra)
            throws Exception {
        var cpu = program.cpuMicros();
        var cassandraCpu = cassandra.cpuMicros();
        var schedule = new Schedule(System.nanoTime(), perSecond);
        var next = new AtomicLong();
        var waits = new ArrayList<Long>();
        var late = new ArrayList<Long>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = connections.stream()
                    .map(it -> threads.submit(() -> send(it, schedule, next, schedule.count(time), CLOCK)))
                    .toList();
            for (var one : running) {
                waits.addAll(one.get().waits);
                late.addAll(one.get().late);
            }
        }
        var took = Duration.ofNanos(System.nanoTime() - schedule.start);
        waits.sort(Comparator.naturalOrder());
        late.sort(Comparator.naturalOrder());
        var round = new Round(
                took,
                waits.size(),
                List.copyOf(waits),
                program.cpuMicros() - cpu,
                cassandra.cpuMicros() - cassandraCpu);
        return new OpenLoop(round, List.copyOf(late));
    }

    /** In milliseconds. */
    public double late(double share) {
        return late.isEmpty() ? 0 : Round.percentile(late, share);
    }

    /** One connection: the next that nobody has taken, until there are {@code count} in all. */
    static Seen send(Callable<?> connection, Schedule schedule, AtomicLong next, long count, Clock clock)
            throws Exception {
        var seen = new Seen(new ArrayList<>(), new ArrayList<>());
        for (var number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
            var due = schedule.due(number);
            if (clock.now() - due < 0) {
                clock.await(due);
                seen.late.add(clock.now() - due);
            }
            connection.call();
            seen.waits.add(clock.now() - due);
        }
        return seen;
    }
}
