package switchboard.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What the kernel knows of a process. */
public record Proc(long pid) {

    /** Of the kernel's clock for users; the same on every Linux that Java runs on. */
    private static final long MICROS_PER_TICK = 10_000;

    private static final Pattern SPACE = Pattern.compile(" ");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    /** Time on the processors so far, of all its threads, in microseconds; the resolution is 10,000. */
    public long cpuMicros() throws IOException {
        var stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        var fields =
                SPACE.splitAsStream(stat.substring(stat.lastIndexOf(')') + 2)).toList();
        return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) * MICROS_PER_TICK;
    }

    /** Resident memory in MiB. */
    public double residentMebibytes() throws IOException {
        var status = Files.readString(Path.of("/proc", String.valueOf(pid), "status"));
        var found = RESIDENT.matcher(status);
        if (!found.find()) {
            throw new IOException("no VmRSS in " + status);
        }
        return Double.parseDouble(found.group(1)) / 1024;
    }
}
