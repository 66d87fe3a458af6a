package switchboard.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;
import switchboard.contract.JudgedClient;
import switchboard.faults.Syncs.Span;
import switchboard.program.Command;
import switchboard.program.Program;
import switchboard.program.Progress;
import switchboard.witness.Message;

/** What a loss of power would take: nothing that was acknowledged, since the kernel's word that it is on the disk came before. */
@Tag("full")
@Tag("faults")
class PowerLossIT {

    private static final String FOLDER = "/commitlog/";
    private static final int EVENTS = 100;

    @TempDir
    private Path folder;

    @Test
    void no_event_is_acknowledged_before_the_commit_log_was_synced_for_it() throws Exception {
        Command.needed("strace", "Debian: strace");
        var trace = folder.resolve("trace");
        var byWriting = false;
        var acknowledged = new ArrayList<Span>();
        try (var program = Program.start(folder.resolve("data"))) {
            post(program, "warm-up");
            var strace = strace(program.cassandraPid(), trace);
            for (int i = 0; i < EVENTS; i++) {
                var from = now();
                post(program, "e" + i);
                acknowledged.add(new Span(from, now()));
            }
            byWriting = Syncs.byWriting(program.cassandraPid(), FOLDER);
            strace.destroy();
            strace.waitFor();
        }

        var syncs = Syncs.of(Files.readAllLines(trace), FOLDER, byWriting);
        Progress.say(
                "%d events, %d syncs".formatted(acknowledged.size(), syncs.all().size()));
        assertThat(syncs.missing(acknowledged)).isEmpty();
    }

    /** Attached when it returns. */
    private Process strace(long pid, Path trace) throws Exception {
        var said = folder.resolve("strace");
        var it = new ProcessBuilder("strace", "-f", "-y", "-ttt", "-T", "-s", "0", "-e", Syncs.CALLS)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        it.command().addAll(java.util.List.of("-o", trace.toString(), "-p", String.valueOf(pid)));
        var process = it.start();
        SwitchboardProcess.await("strace", () -> {
            try {
                var output = Files.readString(said);
                if (!process.isAlive()) {
                    throw new IllegalStateException(output);
                }
                return output.contains("attached");
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        return process;
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private static void post(Program program, String id) throws Exception {
        var answer = JudgedClient.caller(program::address).post(new Message("thread", "/chat/web", id, "Frage " + id));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
