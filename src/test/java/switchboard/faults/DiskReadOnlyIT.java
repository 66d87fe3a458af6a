package switchboard.faults;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.program.Command;
import switchboard.program.Program;
import switchboard.program.Progress;

/** The disk under Cassandra's commit log fails and the kernel lets nobody write to it any more; somebody repairs it. */
@Tag("full")
@Tag("faults")
class DiskReadOnlyIT {

    private static final long BYTES = 512 << 20;

    @TempDir
    private Path folder;

    @Test
    void while_the_disk_is_read_only_nothing_is_acknowledged_and_repaired_it_has_all_that_was() throws Exception {
        try (var program = Program.start(folder.resolve("data"))) {
            program.terminate();
        }
        try (var disk = Disk.over(folder.resolve("data/cassandra/commitlog"), folder.resolve("disk"), BYTES);
                var trial = new Trial(folder)) {
            disk.becomeReadOnly();
            Progress.say("the disk is read-only");
            trial.gateway().refusals().await(200);

            repaired(disk, trial.program());
            trial.someAnswers();
            trial.judge();
        }
    }

    /** The program stands still meanwhile: it would start Cassandra again in the folder below, which is empty. */
    private static void repaired(Disk disk, Program program) throws Exception {
        Command.PLAIN.run("kill", "-STOP", String.valueOf(program.pid()));
        try {
            disk.repair();
        } finally {
            Command.PLAIN.run("kill", "-CONT", String.valueOf(program.pid()));
        }
        Progress.say("the disk is repaired");
    }
}
