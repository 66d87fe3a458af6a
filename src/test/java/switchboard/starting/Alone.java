package switchboard.starting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import switchboard.SwitchboardProcess;
import switchboard.load.Proc;
import switchboard.storage.MasterKey;

/** The program from jars, beside a Cassandra that is up already, in a keyspace of its own there. */
public final class Alone {

    /**
     * One start.
     *
     * @param seconds from the command to where it listens
     * @param cpu seconds of processors by then
     */
    public record Run(double seconds, double cpu, String output) {}

    private final Path folder;
    private final Map<String, String> env;

    /** What it needs lies in {@code folder}, which must be empty; the node's native protocol is at {@code port}. */
    public Alone(Path folder, int port, String keyspace) throws IOException {
        this.folder = Files.createDirectories(folder);
        var key = folder.resolve("master.key");
        MasterKey.make(key);
        env = Map.of(
                "CLASSPATH",
                Jars.packed(SwitchboardProcess.classPath(), folder),
                "SWITCHBOARD_CASSANDRA_CONTACT_POINTS",
                "127.0.0.1:" + port,
                "SWITCHBOARD_CASSANDRA_KEYSPACE",
                keyspace,
                "SWITCHBOARD_MASTER_KEY_FILE",
                key.toString());
    }

    /** One start without anything learned before. */
    public Run run() throws IOException {
        return run("-XX:AOTMode=off");
    }

    /** Leaves behind what one start has taught the JVM: classes read and linked, and what is called often. */
    public Path train() throws IOException {
        var cache = folder.resolve("switchboard.aot");
        var output = run("-XX:AOTCacheOutput=" + cache).output;
        if (!Files.exists(cache)) {
            throw new IOException("no AOT cache was made:\n" + output);
        }
        return cache;
    }

    /** One start with it. */
    public Run run(Path cache) throws IOException {
        return run("-XX:AOTMode=on -XX:AOTCache=" + cache);
    }

    private Run run(String options) throws IOException {
        var all = new HashMap<>(env);
        all.put("JDK_JAVA_OPTIONS", options);
        var begin = System.nanoTime();
        try (var process = SwitchboardProcess.start(folder.resolve("data"), all)) {
            process.awaitReady();
            var seconds = (System.nanoTime() - begin) / 1e9;
            var cpu = new Proc(process.pid()).cpuMicros() / 1e6;
            process.terminate();
            return new Run(seconds, cpu, process.output());
        }
    }
}
