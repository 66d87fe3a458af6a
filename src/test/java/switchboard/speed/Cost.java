package switchboard.speed;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import switchboard.bench.Stand;
import switchboard.load.HttpSender;
import switchboard.load.Proc;
import switchboard.load.WarmUp;
import switchboard.program.Program;

/** What a number of operations cost the program and its Cassandra together, added up over several turns. */
final class Cost {

    /** A program that has worked for so long is warm. */
    private static final long WARM = Duration.ofMinutes(2).toNanos() / 1_000;

    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final int SENDERS = 64;

    private long micros;
    private long operations;

    /** Something that costs. */
    interface Turn {
        void run() throws Exception;
    }

    /** Runs {@code turn}, which brings so many operations. */
    void add(Program program, long operations, Turn turn) throws Exception {
        var before = micros(program);
        turn.run();
        this.micros += micros(program) - before;
        this.operations += operations;
    }

    /** In milliseconds. */
    double each() {
        return micros / 1e3 / operations;
    }

    /** On processors so far. */
    static long micros(Program program) throws IOException {
        return new Proc(program.pid()).cpuMicros() + new Proc(program.cassandraPid()).cpuMicros();
    }

    /** Warms the program up, unless other parts did. */
    static void warmUp(Stand stand) throws Exception {
        if (stand.process().cpuMicros() > WARM) {
            return;
        }
        var senders = new ArrayList<HttpSender>();
        for (int i = 0; i < SENDERS; i++) {
            var name = "warm-" + stand.process().cpuMicros() + "-" + i;
            senders.add(new HttpSender(stand.address(), name, name, 20));
        }
        WarmUp.run(senders, LONGEST, List.of(stand.process()), stand.cassandra());
        for (var sender : senders) {
            sender.close();
        }
    }
}
