package switchboard.speed;

import java.io.IOException;
import switchboard.load.Proc;
import switchboard.program.Program;

/** What a number of operations cost the program and its Cassandra together, added up over several turns. */
final class Cost {

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
}
