package switchboard.footprint;

import java.nio.file.Path;
import java.util.regex.Pattern;
import switchboard.program.Command;

/** A Java process's heap, by the JDK's {@code jcmd}. */
public final class Heap {

    private static final Pattern USED = Pattern.compile("total (?:reserved \\d+K, committed )?\\d+K, used (\\d+)K");

    /** In use once all that is dead was collected, in KiB. */
    public static double kibibytes(long pid) {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var info = Command.PLAIN.run(jcmd, String.valueOf(pid), "GC.run\nGC.heap_info");
        var used = USED.matcher(info);
        if (!used.find()) {
            throw new IllegalStateException("no heap in " + info);
        }
        return Double.parseDouble(used.group(1));
    }

    private Heap() {}
}
