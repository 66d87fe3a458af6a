package switchboard.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import switchboard.load.Proc;
import switchboard.program.Program;
import switchboard.program.Progress;
import switchboard.witness.Caller;

/** The program that parts measure, one after the other on the same data; started when the first one asks for it. */
public final class Stand implements AutoCloseable {

    /** What is measured is not the bound on a gateway that has run wild. */
    private static final Map<String, String> SETTINGS = Map.of("SWITCHBOARD_INTAKE_RATE", "1000000");

    private final Path data;
    private @Nullable Program program;

    Stand(Path data) {
        this.data = data;
    }

    /** Of the program and its Cassandra. */
    public Path data() {
        return data;
    }

    /** Running. */
    public Program program() {
        var it = program;
        if (it == null) {
            Progress.say("starting the program");
            it = Program.start(data, SETTINGS);
            program = it;
        }
        return it;
    }

    public URI address() {
        return program().address();
    }

    /** Asks it as a client does. */
    public Caller caller() {
        return new Caller(() -> program().address());
    }

    public Proc process() {
        return new Proc(program().pid());
    }

    public Proc cassandra() {
        return new Proc(program().cassandraPid());
    }

    /** In order; the next one who asks has it started again on the same data. */
    public void stop() {
        var it = program;
        if (it != null) {
            it.terminate();
            it.close();
            program = null;
        }
    }

    /** What the program has said, to find out why a part failed; nothing where none runs. */
    void keep(Path file) {
        var it = program;
        if (it != null) {
            try {
                Files.writeString(file, it.output());
            } catch (IOException e) {
                Progress.say("what the program said cannot be kept: " + e);
            }
        }
    }

    @Override
    public void close() {
        var it = program;
        if (it != null) {
            it.close();
            program = null;
        }
    }

    /** With all that is in it. */
    public static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
