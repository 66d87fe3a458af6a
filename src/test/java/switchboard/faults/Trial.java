package switchboard.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import switchboard.contract.JudgedClient;
import switchboard.program.Program;
import switchboard.program.Progress;
import switchboard.senders.RetryingGateway;
import switchboard.senders.Verdict;
import switchboard.witness.Judge;
import switchboard.witness.Ledger;

/**
 * A program with its own embedded Cassandra, and gateways that go on writing whatever happens to it. {@code -Dseed=…}
 * repeats what is written and the order of faults; what meets what in time is another matter.
 */
final class Trial implements AutoCloseable {

    private static final int CUSTOMERS = 16;

    private final long seed = Long.getLong("seed", System.nanoTime() % 1_000_000);
    private final Random random = new Random(seed);
    private final Path data;
    private final Ledger ledger;
    private final RetryingGateway gateway;
    private final Judge judge;
    private volatile Program program;

    Trial(Path folder) throws Exception {
        Progress.say("seed " + seed);
        data = folder.resolve("data");
        ledger = new Ledger(folder.resolve("ledger"));
        program = Program.start(data);
        var caller = JudgedClient.caller(() -> program.address());
        gateway = new RetryingGateway(caller, ledger);
        judge = new Judge(caller, ledger);
        gateway.open(CUSTOMERS, seed);
        someAnswers();
    }

    Random random() {
        return random;
    }

    RetryingGateway gateway() {
        return gateway;
    }

    Program program() {
        return program;
    }

    /** Returns when some hundred requests more have been answered: in the midst of others. */
    void someAnswers() throws InterruptedException {
        gateway.answers().await(200 + random.nextInt(300));
    }

    /** Kill -9 of the program, and a new start on the same data. */
    void killProgram() throws Exception {
        Progress.say("kill -9 of the program");
        program.kill();
        program = Program.start(data);
        someAnswers();
    }

    /** Kill -9 of its Cassandra, which it starts again by itself. */
    void killCassandra() throws Exception {
        Progress.say("kill -9 of Cassandra");
        signal("KILL");
        gateway.refusals().await(10);
        Progress.say("turned away");
        someAnswers();
    }

    /** A Cassandra that does not answer until ten requests have been turned away. */
    void stopCassandra() throws Exception {
        Progress.say("Cassandra stands still");
        var pid = program.cassandraPid();
        signal(pid, "STOP");
        try {
            gateway.refusals().await(10);
            Progress.say("turned away");
        } finally {
            signal(pid, "CONT");
        }
        someAnswers();
    }

    /** Lets the gateways finish and judges all that was said and stored. */
    void judge() throws Exception {
        gateway.finish();
        gateway.repeat(20);
        Verdict.acquitted(judge);
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        program.close();
        ledger.close();
    }

    private void signal(String signal) throws Exception {
        signal(program.cassandraPid(), signal);
    }

    private static void signal(long pid, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
                .inheritIO()
                .start()
                .waitFor();
    }
}
