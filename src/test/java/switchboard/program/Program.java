package switchboard.program;

import com.datastax.oss.driver.api.core.CqlSession;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import switchboard.SwitchboardProcess;

/** The program as a process of its own with its embedded Cassandra, serving. */
public final class Program implements AutoCloseable {

    private static final Pattern CASSANDRA = Pattern.compile("ready on port (\\d+)");

    private final SwitchboardProcess process;
    private final URI address;
    private final int cassandraPort;

    /** On {@code data}; returns once it serves. */
    public static Program start(Path data) {
        return start(data, Map.of());
    }

    /** With {@code env} over a bare environment. */
    public static Program start(Path data, Map<String, String> env) {
        return start(data, env, List.of());
    }

    /** With {@code options} of its JVM over the usual ones, such as a larger heap. */
    public static Program start(Path data, Map<String, String> env, List<String> options) {
        return new Program(SwitchboardProcess.ready(data, env, options));
    }

    private Program(SwitchboardProcess process) {
        this.process = process;
        this.address = process.uri("");
        var found = CASSANDRA.matcher(process.output());
        if (!found.find()) {
            throw new AssertionError("which Cassandra?\n" + process.output());
        }
        this.cassandraPort = Integer.parseInt(found.group(1));
    }

    public URI address() {
        return address;
    }

    public long pid() {
        return process.pid();
    }

    /** Of the native protocol. */
    public int cassandraPort() {
        return cassandraPort;
    }

    /** To that Cassandra, past the program. */
    public CqlSession session() {
        return CqlSession.builder()
                .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), cassandraPort))
                .withLocalDatacenter("datacenter1")
                .withKeyspace("switchboard")
                .build();
    }

    /** Of the one that runs now. */
    public long cassandraPid() {
        return process.cassandra().getFirst().pid();
    }

    /** What it has said so far. */
    public String output() {
        return process.output();
    }

    /** kill -9; returns when it is gone. */
    public void kill() {
        process.kill();
    }

    /** SIGTERM; returns when all is stopped in order. */
    public void terminate() {
        process.terminate();
    }

    @Override
    public void close() {
        process.close();
    }
}
