package switchboard.insight;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** All rows that follow from the logs, each with its time of writing: what a rebuild must bring back bit by bit. */
record Dump(Map<String, String> rows) {

    /** Each table with its key, and a cell that tells when the row was written. */
    private static final Map<String, List<String>> TABLES = Map.of(
            "search", List.of("tenant, day, bucket, opened_at, conversation", "writetime(status)"),
            "search_head", List.of("tenant, conversation", "writetime(seq)"),
            "search_term", List.of("tenant, term, opened_at, conversation", "0"),
            "episode", List.of("tenant, day, bucket, opened_at, conversation", "writetime(status)"),
            "day", List.of("tenant, day", "0"));

    static Dump of(CqlSession session, String keyspace) {
        var rows = new TreeMap<String, String>();
        TABLES.forEach((table, about) -> {
            var written = about.getLast().equals("0") ? "" : ", " + about.getLast();
            var all = columns(session, keyspace, table, about.getFirst());
            var key = about.getFirst().split(", ", -1).length;
            session.execute("SELECT " + all + written + " FROM " + keyspace + "." + table)
                    .forEach(row -> rows.put(table + " " + values(row, key, true), values(row, key, false)));
        });
        return new Dump(rows);
    }

    /** Keys first, in the order of the statement. */
    private static String columns(CqlSession session, String keyspace, String table, String keys) {
        var rest = new ArrayList<String>();
        session.execute("SELECT column_name, kind FROM system_schema.columns WHERE keyspace_name = '" + keyspace
                        + "' AND table_name = '" + table + "'")
                .forEach(row -> {
                    if ("regular".equals(row.getString("kind"))) {
                        rest.add(String.valueOf(row.getString("column_name")));
                    }
                });
        return rest.isEmpty() ? keys : keys + ", " + String.join(", ", rest);
    }

    private static String values(Row row, int keys, boolean ofKey) {
        return IntStream.range(ofKey ? 0 : keys, ofKey ? keys : row.size())
                .mapToObj(i -> String.valueOf(row.getObject(i)))
                .toList()
                .toString();
    }

    /** What is not the same in {@code other}: the rows that are missing there, too many, or say something else. */
    List<String> differences(Dump other) {
        var found = new ArrayList<String>();
        rows.forEach((key, value) -> {
            var there = other.rows.get(key);
            if (there == null) {
                found.add("missing " + key);
            } else if (!there.equals(value)) {
                found.add("changed " + key + ": " + value + " became " + there);
            }
        });
        other.rows.keySet().stream().filter(key -> !rows.containsKey(key)).forEach(key -> found.add("too many " + key));
        return found;
    }

    /** Of one table. */
    List<String> of(String table) {
        return rows.entrySet().stream()
                .filter(e -> e.getKey().startsWith(table + " "))
                .map(e -> e.getKey() + e.getValue())
                .toList();
    }
}
