package switchboard.play;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import switchboard.program.Program;

/** The whole program on one address that stays the same when it is killed, and players before it. */
final class Theatre implements AutoCloseable {

    private final Path folder;
    private final String port;
    private Program program;

    /** What is stored lies in {@code folder}; returns once it serves. */
    Theatre(Path folder) throws IOException {
        this.folder = folder;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = String.valueOf(free.getLocalPort());
        }
        this.program = begun();
    }

    /** With {@code wishes} as properties. */
    PlayerProcess player(Map<String, String> wishes) throws IOException {
        var all = new LinkedHashMap<>(wishes);
        all.put("url", "http://127.0.0.1:" + port);
        return PlayerProcess.start(all, folder);
    }

    /** Kill -9, and a new start on the same data; returns once it serves again. */
    void kill() {
        program.kill();
        program = begun();
    }

    private Program begun() {
        return Program.start(folder.resolve("data"), Map.of("SWITCHBOARD_HTTP_PORT", port));
    }

    @Override
    public void close() {
        program.close();
    }
}
