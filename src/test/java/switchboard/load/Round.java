package switchboard.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/**
 * One stretch of load.
 *
 * @param events acknowledged
 * @param waits of each request from sending to acknowledgement, in nanoseconds, ascending
 * @param program time that the program spent on processors, in microseconds
 * @param cassandra likewise Cassandra's
 */
public record Round(Duration time, long events, List<Long> waits, long program, long cassandra) {

    /** Sends one request and returns once it is acknowledged. */
    public interface Client extends Callable<Void> {

        /** Of a request. */
        default int events() {
            return 1;
        }
    }

    /** Each client has one request in flight, all the time; all bring as many events. */
    public static Round run(List<? extends Client> clients, Duration time, Proc program, Proc cassandra)
            throws Exception {
        return run(clients, time, List.of(program), cassandra);
    }

    /** The same, of a program in several processes. */
    public static Round run(List<? extends Client> clients, Duration time, List<Proc> programs, Proc cassandra)
            throws Exception {
        var cpu = cpuMicros(programs);
        var cassandraCpu = cassandra.cpuMicros();
        var start = System.nanoTime();
        var waits = new ArrayList<Long>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = clients.stream()
                    .map(client -> threads.submit(() -> waits(client, start + time.toNanos())))
                    .toList();
            for (Future<List<Long>> one : running) {
                waits.addAll(one.get());
            }
        }
        waits.sort(Comparator.naturalOrder());
        return new Round(
                Duration.ofNanos(System.nanoTime() - start),
                (long) waits.size() * clients.getFirst().events(),
                List.copyOf(waits),
                cpuMicros(programs) - cpu,
                cassandra.cpuMicros() - cassandraCpu);
    }

    /** Lets each client send {@code times} events, all clients at once. */
    public static void each(List<? extends Client> clients, int times) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = clients.stream()
                    .map(client -> threads.submit(() -> {
                        for (int i = 0; i < times; i++) {
                            client.call();
                        }
                        return client;
                    }))
                    .toList();
            for (var one : running) {
                one.get();
            }
        }
    }

    /** The middle one of what {@code figure} says of {@code rounds}. */
    public static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        var figures = rounds.stream().mapToDouble(figure).sorted().toArray();
        return figures[figures.length / 2];
    }

    public double eventsPerSecond() {
        return events * 1e9 / time.toNanos();
    }

    /** In milliseconds. */
    public double programPerEvent() {
        return program / 1e3 / events;
    }

    /** In milliseconds. */
    public double cassandraPerEvent() {
        return cassandra / 1e3 / events;
    }

    /** In milliseconds. */
    public double bothPerEvent() {
        return programPerEvent() + cassandraPerEvent();
    }

    /** In milliseconds; {@code share} of 0.5 is the median. */
    public double wait(double share) {
        return percentile(waits, share);
    }

    /** Of nanoseconds that ascend, in milliseconds: the least that {@code share} of them do not exceed. */
    static double percentile(List<Long> ascending, double share) {
        return ascending.get(Math.max(0, (int) Math.ceil(share * ascending.size()) - 1)) / 1e6;
    }

    static long cpuMicros(List<Proc> processes) throws IOException {
        var sum = 0L;
        for (var it : processes) {
            sum += it.cpuMicros();
        }
        return sum;
    }

    private static List<Long> waits(Client client, long end) throws Exception {
        var waits = new ArrayList<Long>();
        for (var sent = System.nanoTime(); sent < end; ) {
            client.call();
            var now = System.nanoTime();
            waits.add(now - sent);
            sent = now;
        }
        return waits;
    }
}
