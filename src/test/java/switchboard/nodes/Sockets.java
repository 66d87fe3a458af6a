package switchboard.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Which of several processes a connection to a {@link Relay} came from, as Linux tells in {@code /proc}. */
final class Sockets {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int STATE = 3;
    private static final int INODE = 9;

    private final int count;
    private final IntFunction<OptionalInt> pid;
    private final Map<Integer, Integer> known = new ConcurrentHashMap<>();

    /** Of {@code count} processes; {@code pid}: empty where one does not run. */
    Sockets(int count, IntFunction<OptionalInt> pid) {
        this.count = count;
        this.pid = pid;
    }

    /** The number of the process that holds that local port; empty where none of them does. */
    OptionalInt owner(int port) {
        var owner = known.computeIfAbsent(port, this::look);
        return owner < 0 ? OptionalInt.empty() : OptionalInt.of(owner);
    }

    /** A process was started: ports may be somebody else's. */
    void forget() {
        known.clear();
    }

    private int look(int port) {
        var link = "socket:[" + inode(port) + "]";
        return IntStream.range(0, count)
                .filter(i -> pid.apply(i).stream().anyMatch(it -> holds(it, link)))
                .findFirst()
                .orElse(-1);
    }

    private static boolean holds(int pid, String link) {
        try (var files = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
            return files.anyMatch(file -> {
                try {
                    return Files.readSymbolicLink(file).toString().equals(link);
                } catch (IOException e) {
                    return false; // closed meanwhile
                }
            });
        } catch (IOException e) {
            return false; // ended meanwhile
        }
    }

    private static String inode(int port) {
        var hex = ":%04X".formatted(port);
        for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (var lines = Files.lines(Path.of(table))) {
                var found = lines.map(line -> BLANKS.split(line.trim()))
                        .filter(columns -> columns[1].endsWith(hex) && !columns[STATE].equals("0A"))
                        .map(columns -> columns[INODE])
                        .filter(inode -> !inode.equals("0"))
                        .findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return "none";
    }
}
