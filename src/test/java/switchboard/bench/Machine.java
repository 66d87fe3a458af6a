package switchboard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import switchboard.program.Command;

/** Where and of what it was measured: without it a figure means nothing. */
final class Machine {

    /** By name: processor, cores, memory, kernel, JVM, commit. No name or path of the machine. */
    static Map<String, String> described() throws IOException {
        var facts = new LinkedHashMap<String, String>();
        facts.put("processor", first(Path.of("/proc/cpuinfo"), "model name"));
        facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", first(Path.of("/proc/meminfo"), "MemTotal"));
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("commit", commit());
        facts.put("load before", Files.readString(Path.of("/proc/loadavg")).strip());
        return facts;
    }

    private static String first(Path file, String name) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("?");
        }
    }

    /** With a plus where something is not committed. */
    private static String commit() {
        if (!Command.there("git") || !Files.exists(Path.of(".git"))) {
            return "?";
        }
        var changed = Command.PLAIN.run("git", "status", "--porcelain", "--untracked-files=no");
        return Command.PLAIN.run("git", "rev-parse", "--short=10", "HEAD") + (changed.isEmpty() ? "" : "+");
    }

    private Machine() {}
}
