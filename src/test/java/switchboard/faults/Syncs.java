package switchboard.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a process had the kernel bring files of a folder to the disk, by strace ({@code -f -y -ttt -T}).
 *
 * @param all calls that succeeded
 */
record Syncs(List<Span> all) {

    /** From and until, in microseconds since 1970. */
    record Span(long from, long until) {

        boolean holds(Span other) {
            return from <= other.from && other.until <= until;
        }
    }

    static final String CALLS = "trace=fsync,fdatasync,msync,write,pwrite64";

    private static final Pattern CALL =
            Pattern.compile("(\\d+) +(\\d+)\\.(\\d{6}) (?:<\\.\\.\\. )?(\\w+)(\\(.*| resumed>.*)");
    private static final Pattern DONE = Pattern.compile("= \\d+ <(\\d+)\\.(\\d{6})>$");

    /** A file that was opened so that a write returns once it is on the disk (O_DSYNC), as {@code /proc/…/fdinfo} has it, octal. */
    private static final int SYNCHRONOUS = 0_010_000;

    /** Whether each of the files of a process whose path has {@code folder} in it was opened for writes that are syncs. */
    static boolean byWriting(long pid, String folder) throws IOException {
        var flags = new ArrayList<Integer>();
        try (var files = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
            for (var file : files.toList()) {
                var info = Path.of(
                        "/proc",
                        String.valueOf(pid),
                        "fdinfo",
                        file.getFileName().toString());
                if (Files.exists(info)
                        && Files.readSymbolicLink(file).toString().contains(folder)) {
                    flags.add(flags(Files.readString(info)));
                }
            }
        }
        return !flags.isEmpty() && flags.stream().allMatch(it -> (it & SYNCHRONOUS) != 0);
    }

    static int flags(String info) {
        return info.lines()
                .filter(line -> line.startsWith("flags:"))
                .map(line -> Integer.parseInt(line.substring("flags:".length()).strip(), 8))
                .findFirst()
                .orElseThrow();
    }

    /** Of files whose path has {@code folder} in it; {@code byWriting}: writes to these are syncs. */
    static Syncs of(List<String> lines, String folder, boolean byWriting) {
        var found = new ArrayList<Span>();
        var begun = new HashMap<String, Long>();
        for (var line : lines) {
            var call = CALL.matcher(line);
            if (call.matches() && (byWriting || !call.group(4).contains("write"))) {
                read(call, folder, begun, found);
            }
        }
        return new Syncs(List.copyOf(found));
    }

    private static void read(Matcher call, String folder, Map<String, Long> begun, List<Span> found) {
        var thread = call.group(1);
        var at = micros(call.group(2), call.group(3));
        var rest = call.group(5);
        var done = DONE.matcher(rest);
        if (rest.startsWith("(") && rest.contains(folder)) {
            if (done.find()) {
                found.add(new Span(at, at + micros(done.group(1), done.group(2))));
            } else if (rest.endsWith("<unfinished ...>")) {
                begun.put(thread, at);
            }
        } else if (rest.startsWith(" resumed>")) {
            var from = begun.remove(thread);
            if (from != null && done.find()) {
                found.add(new Span(from, at));
            }
        }
    }

    private static long micros(String seconds, String micros) {
        return Long.parseLong(seconds) * 1_000_000 + Long.parseLong(micros);
    }

    /** In which of these none began and ended. */
    List<Span> missing(List<Span> spans) {
        return spans.stream()
                .filter(span -> all.stream().noneMatch(span::holds))
                .toList();
    }
}
