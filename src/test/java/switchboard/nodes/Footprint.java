package switchboard.nodes;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import switchboard.program.Command;

/**
 * What a process takes while nothing befalls it.
 *
 * @param heap in use once all that is dead was collected, in MiB
 */
record Footprint(long pid, int threads, int handles, double heap) {

    private static final Pattern USED = Pattern.compile("total (?:reserved \\d+K, committed )?\\d+K, used (\\d+)K");

    /** Of a Java process of this machine; collects its garbage first. */
    static Footprint of(long pid) {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var info = Command.PLAIN.run(jcmd, String.valueOf(pid), "GC.run\nGC.heap_info");
        var used = USED.matcher(info);
        if (!used.find()) {
            throw new IllegalStateException("no heap in " + info);
        }
        return new Footprint(pid, files(pid, "task"), files(pid, "fd"), Double.parseDouble(used.group(1)) / 1024);
    }

    /** Whose of these is more than a tenth above {@code before}'s. */
    List<String> above(Footprint before) {
        return Stream.of(
                        above("threads", threads, before.threads),
                        above("handles", handles, before.handles),
                        above("MiB of heap", heap, before.heap))
                .filter(it -> !it.isEmpty())
                .toList();
    }

    private static String above(String what, double now, double before) {
        return now > 1.1 * before ? "%.0f %s, %.0f before".formatted(now, what, before) : "";
    }

    private static int files(long pid, String kind) {
        var names = new File("/proc/" + pid + "/" + kind).list();
        if (names == null) {
            throw new IllegalStateException(pid + " has ended");
        }
        return names.length;
    }
}
