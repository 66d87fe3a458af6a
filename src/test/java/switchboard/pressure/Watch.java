package switchboard.pressure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import switchboard.load.Proc;

/** How much memory processes take at most while it is open; looks every quarter of a second. */
public final class Watch implements AutoCloseable {

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<ScheduledFuture<?>> watching = new ArrayList<>();
    private final double[] most;

    public Watch(List<Proc> processes) {
        most = new double[processes.size()];
        for (int i = 0; i < most.length; i++) {
            var number = i;
            watching.add(clock.scheduleAtFixedRate(() -> look(processes, number), 0, 250, TimeUnit.MILLISECONDS));
        }
    }

    /** In MiB, of each in its order. Fails if one has ended meanwhile. */
    public List<Double> most() {
        for (var it : watching) {
            if (it.isDone()) {
                throw new AssertionError("a process has ended under load", it.exceptionNow());
            }
        }
        synchronized (most) {
            return Arrays.stream(most).boxed().toList();
        }
    }

    private void look(List<Proc> processes, int number) {
        try {
            var now = processes.get(number).residentMebibytes();
            synchronized (most) {
                most[number] = Math.max(most[number], now);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
