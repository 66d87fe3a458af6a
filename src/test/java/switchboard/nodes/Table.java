package switchboard.nodes;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import switchboard.nodes.Trouble.Seen;

/** What customers saw of each fault, a row a fault. How much was violated is said of all of them together. */
final class Table {

    static List<String> of(List<Seen> seen, long seed, int violations) {
        var lines = new ArrayList<>(List.of(
                "| fault | runs | acknowledged | violations | longest wait | answered again: p50, p99, last | seed |",
                "|---|---|---|---|---|---|---|"));
        seen.stream()
                .collect(groupingBy(Seen::what, LinkedHashMap::new, Collectors.toList()))
                .forEach((what, runs) -> lines.add(row(what, runs, seed, violations)));
        return lines;
    }

    private static String row(String what, List<Seen> runs, long seed, int violations) {
        var recovered =
                runs.stream().flatMap(it -> it.recovered().stream()).sorted().toList();
        return "| %s | %d | %,d | %d | %.1f s | %s | %d |"
                .formatted(
                        what,
                        runs.size(),
                        runs.stream().mapToLong(Seen::acknowledged).sum(),
                        violations,
                        runs.stream().mapToDouble(Seen::longest).max().orElse(0),
                        recovered.isEmpty()
                                ? "nobody noticed"
                                : "%.1f, %.1f, %.1f s"
                                        .formatted(share(recovered, .5), share(recovered, .99), recovered.getLast()),
                        seed);
    }

    private static double share(List<Double> sorted, double share) {
        return sorted.get(Math.min(sorted.size() - 1, (int) Math.ceil(share * sorted.size()) - 1));
    }

    private Table() {}
}
