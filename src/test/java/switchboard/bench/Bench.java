package switchboard.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import switchboard.program.Progress;
import switchboard.speed.Parts;

/**
 * {@code mvn compile exec:exec@bench [-Donly=single,bulk,…] [-Djson=FILE]}: what everything costs, beside the least that it can cost on this machine in
 * the same minutes. Prints one table; the same as JSON in {@code target/bench.json} or {@code FILE}. Loopback only. Exit code 1: a part failed; 2: no such part.
 */
final class Bench {

    public static void main(String[] args) throws Exception {
        var parts = chosen(System.getProperty("only", ""));
        var file = Path.of(property("json", "target/bench.json"));
        var machine = Machine.described();
        var at = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        var findings = new ArrayList<Finding>();
        var notes = new ArrayList<String>();
        var failed = false;
        var data = Files.createTempDirectory("switchboard-bench");
        try (var stand = new Stand(data)) {
            for (int i = 0; i < parts.size(); i++) {
                var part = parts.get(i);
                Progress.say("%s (%d of %d)".formatted(part.name(), i + 1, parts.size()));
                var found = new Findings(part.name());
                failed |= !measured(part, stand, found);
                findings.addAll(found.all());
                notes.addAll(found.notes());
                Files.writeString(file, Results.json(at, machine, findings, notes));
            }
        } finally {
            Stand.delete(data);
        }
        machine.forEach((name, fact) -> System.out.println(name + ": " + fact));
        System.out.println("\n" + Table.of(findings) + "\n" + String.join("\n", notes) + "\nas JSON: " + file);
        // Clients' threads, Pekko's and the driver's need not be waited for.
        System.exit(failed ? 1 : 0);
    }

    /** What one part breaks down on is told, and does not cost what the others find: they meet a program that was started anew. */
    private static boolean measured(Part part, Stand stand, Findings found) {
        try {
            part.measure(stand, found);
            return true;
        } catch (Exception | AssertionError e) {
            e.printStackTrace();
            found.note("FAILED: " + e);
            stand.keep(Path.of("target/bench-" + part.name() + ".log"));
            stand.close();
            return false;
        }
    }

    private static List<Part> chosen(String only) {
        var names = only.isBlank() || only.startsWith("${") ? List.<String>of() : Arrays.asList(only.split(",", -1));
        var all = Parts.all();
        var unknown = names.stream()
                .filter(name -> all.stream().noneMatch(part -> part.name().equals(name)))
                .toList();
        if (!unknown.isEmpty()) {
            System.err.println("no such part: " + unknown + "; there are "
                    + all.stream().map(Part::name).toList());
            System.exit(2);
        }
        return names.isEmpty()
                ? all
                : all.stream().filter(part -> names.contains(part.name())).toList();
    }

    private static String property(String name, String otherwise) {
        var given = System.getProperty(name, "");
        return given.isBlank() || given.startsWith("${") ? otherwise : given;
    }

    private Bench() {}
}
