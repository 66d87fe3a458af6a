package switchboard.nodes;

import java.io.File;
import java.util.List;
import java.util.stream.Stream;
import switchboard.footprint.Heap;

/**
 * What a process takes while nothing befalls it.
 *
 * @param heap in use once all that is dead was collected, in MiB
 */
record Footprint(long pid, int threads, int handles, double heap) {

    /** Of a Java process of this machine; collects its garbage first. */
    static Footprint of(long pid) {
        return new Footprint(pid, files(pid, "task"), files(pid, "fd"), Heap.kibibytes(pid) / 1024);
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
