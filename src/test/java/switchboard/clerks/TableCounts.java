package switchboard.clerks;

import static java.util.stream.Collectors.joining;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import switchboard.program.Program;

/** How often Cassandra has written and read each of the program's tables, by its own count: where an operation's time goes. */
public record TableCounts(Map<String, Long> writes, Map<String, Long> reads) {

    public TableCounts {
        writes = Collections.unmodifiableMap(new TreeMap<>(writes));
        reads = Collections.unmodifiableMap(new TreeMap<>(reads));
    }

    /** Since that Cassandra was started. */
    public static TableCounts of(Program program) {
        try (var session = program.session()) {
            return new TableCounts(counts(session, "local_write_latency"), counts(session, "local_read_latency"));
        }
    }

    private static Map<String, Long> counts(CqlSession session, String view) {
        var counts = new TreeMap<String, Long>();
        var rows = session.execute("SELECT keyspace_name, table_name, count FROM system_views." + view);
        for (var row : rows) {
            if ("switchboard".equals(row.getString(0))) {
                counts.put(row.getString(1), row.getLong(2));
            }
        }
        return counts;
    }

    /** What was done from {@code before} until this. */
    public TableCounts since(TableCounts before) {
        return new TableCounts(since(writes, before.writes), since(reads, before.reads));
    }

    private static Map<String, Long> since(Map<String, Long> now, Map<String, Long> before) {
        var done = new TreeMap<String, Long>();
        now.forEach((table, count) -> done.put(table, count - before.getOrDefault(table, 0L)));
        done.values().removeIf(count -> count == 0);
        return done;
    }

    /** Shared among {@code operations}, the most first. */
    public String per(long operations) {
        return "written " + per(writes, operations) + "; read " + per(reads, operations);
    }

    private static String per(Map<String, Long> counts, long operations) {
        var all = counts.values().stream().mapToLong(it -> it).sum();
        return String.format(Locale.ROOT, "%.1f", (double) all / operations)
                + counts.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                        .filter(it -> 20 * it.getValue() >= operations)
                        .map(it ->
                                String.format(Locale.ROOT, "%s %.1f", it.getKey(), (double) it.getValue() / operations))
                        .collect(joining(", ", " (", ")"));
    }
}
