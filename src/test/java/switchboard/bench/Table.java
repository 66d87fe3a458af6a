package switchboard.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Findings as Markdown. */
public final class Table {

    /** One line, for the console. */
    public static String line(Finding it) {
        return "%s: %s: %s %s%s".formatted(it.part(), it.what(), figure(it.median()), it.unit(), verdict(it));
    }

    /** With a header; one row a finding. */
    public static String of(List<Finding> findings) {
        return findings.stream()
                .map(Table::row)
                .collect(Collectors.joining(
                        "\n", "| | what | median | least – most | goal | |\n|---|---|---|---|---|---|\n", "\n"));
    }

    private static String row(Finding it) {
        var spread = it.rounds().size() == 1 ? "" : figure(it.least()) + " – " + figure(it.most());
        return "| %s | %s | %s %s | %s | %s | %s |"
                .formatted(
                        it.part(),
                        it.what(),
                        figure(it.median()),
                        it.unit(),
                        spread,
                        it.goal().text(),
                        mark(it));
    }

    private static String verdict(Finding it) {
        return it.goal() instanceof Goal.None ? "" : " (goal " + it.goal().text() + ": " + mark(it) + ")";
    }

    private static String mark(Finding it) {
        return it.goal() instanceof Goal.None ? "" : it.reached() ? "reached" : "missed";
    }

    /** Three digits that say something. */
    static String figure(double it) {
        var size = Math.abs(it);
        return String.format(
                Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", it);
    }

    private Table() {}
}
