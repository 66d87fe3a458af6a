package switchboard.play;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import switchboard.SwitchboardProcess;
import switchboard.program.Program;

/** The whole program on one address that stays the same when it is killed, and players before it. */
final class Theatre implements AutoCloseable {

    private final Path folder;
    private final String port;
    private final Map<String, String> env;
    private Program program;

    /** What is stored lies in {@code folder}; returns once it serves. */
    Theatre(Path folder) throws IOException {
        this(folder, false);
    }

    /** With the program's bot, or without. */
    Theatre(Path folder, boolean bot) throws IOException {
        this.folder = folder;
        this.env = new LinkedHashMap<>(bot ? SwitchboardProcess.BOT : Map.of());
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = String.valueOf(free.getLocalPort());
        }
        env.put("SWITCHBOARD_HTTP_PORT", port);
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

    /** Whether the program has said so since it was started. */
    boolean says(String what) {
        return program.output().contains(what);
    }

    private Program begun() {
        return Program.start(folder.resolve("data"), env);
    }

    @Override
    public void close() {
        program.close();
    }
}
