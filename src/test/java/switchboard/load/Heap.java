package switchboard.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Another Java process's heap. */
public record Heap(long pid) {

    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    /** In KiB, of what is reachable: after a full collection. */
    public double kibibytes() throws IOException {
        jcmd("GC.run");
        var found = USED.matcher(jcmd("GC.heap_info"));
        if (!found.find()) {
            throw new IOException("no heap of " + pid);
        }
        return Double.parseDouble(found.group(1));
    }

    private String jcmd(String command) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, String.valueOf(pid), command)
                .redirectErrorStream(true)
                .start();
        try (var out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
