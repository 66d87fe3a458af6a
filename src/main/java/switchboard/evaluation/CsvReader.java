package switchboard.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import switchboard.understanding.Example;

/** RFC 4180: {@code text,label} a row, the first row is the head; quoted fields may hold commas, quotes and lines. */
final class CsvReader {

    private final Path file;
    private final String text;
    private int at;
    private int line = 1;

    private CsvReader(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    static List<Example> read(Path file, String text) throws Unreadable {
        return new CsvReader(file, text).examples();
    }

    /** All rows of at least two columns but the head. */
    static List<List<String>> rows(Path file, String text) throws Unreadable {
        var reader = new CsvReader(file, text);
        var rows = new ArrayList<List<String>>();
        while (reader.at < text.length()) {
            var row = reader.row();
            if (row.size() >= 2) {
                rows.add(row);
            }
        }
        return rows.isEmpty() ? rows : rows.subList(1, rows.size());
    }

    private List<Example> examples() throws Unreadable {
        var head = row();
        if (head.size() < 2) {
            throw new Unreadable(file, 1, "the head names less than two columns");
        }
        var examples = new ArrayList<Example>();
        while (at < text.length()) {
            var start = line;
            var row = row();
            if (row.size() >= 2) {
                examples.add(DataSet.example(file, start, row.get(0), row.get(1)));
            } else if (!row.getFirst().isBlank()) {
                throw new Unreadable(file, start, "one column");
            }
            if (examples.size() > DataSet.MOST) {
                throw new Unreadable(file, start, "more than " + DataSet.MOST + " examples");
            }
        }
        return examples;
    }

    private List<String> row() throws Unreadable {
        var fields = new ArrayList<String>();
        do {
            fields.add(at < text.length() && text.charAt(at) == '"' ? quoted() : bare());
        } while (at < text.length() && text.charAt(at++) == ',');
        line++;
        return fields;
    }

    /** Ends before the comma or the line feed. */
    private String bare() {
        var from = at;
        while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
            at++;
        }
        var end =
                at > from && at < text.length() && text.charAt(at) == '\n' && text.charAt(at - 1) == '\r' ? at - 1 : at;
        return text.substring(from, end);
    }

    private String quoted() throws Unreadable {
        var start = line;
        var field = new StringBuilder();
        for (at++; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == '"' && (at + 1 == text.length() || text.charAt(at + 1) != '"')) {
                at++;
                field.append(bare());
                return field.toString();
            }
            at += c == '"' ? 1 : 0;
            line += c == '\n' ? 1 : 0;
            field.append(c);
        }
        throw new Unreadable(file, start, "a quote does not end");
    }
}
