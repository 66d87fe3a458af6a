package switchboard.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.program.Program;
import switchboard.program.Progress;

/** Cassandra's commit log fills its disk: a small tmpfs, which takes a Linux and the right to mount. */
@Tag("full")
@Tag("faults")
class DiskFullIT {

    @TempDir
    private Path folder;

    @Test
    void while_the_disk_is_full_nothing_is_acknowledged_and_then_it_goes_on() throws Exception {
        try (var program = Program.start(folder.resolve("data"))) {
            program.terminate();
        }
        var disk = folder.resolve("data/cassandra/commitlog");
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=70m", "tmpfs", disk.toString()) == 0, "may not mount a tmpfs");
        try (var trial = new Trial(folder)) {
            var ballast = disk.resolve("ballast");

            fill(ballast);
            Progress.say("the disk is full");
            trial.gateway().refusals().await(200);
            Files.delete(ballast);
            Progress.say("there is room again");

            trial.someAnswers();
            trial.judge();
        } finally {
            run("umount", disk.toString());
        }
    }

    /** Until there is no room at all. */
    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            var block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
