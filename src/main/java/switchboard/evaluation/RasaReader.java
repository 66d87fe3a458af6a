package switchboard.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import switchboard.understanding.Example;

/** Rasa's NLU Markdown: {@code ## intent:name}, then {@code - text}; entities {@code [text](name:value)} are read as their text. */
final class RasaReader {

    private static final String INTENT = "## intent:";
    private static final Pattern ENTITY =
            Pattern.compile("\\[([^\\]]{1,500})\\](?:\\([^)]{1,500}\\)|\\{[^}]{1,500}\\})");

    static List<Example> read(Path file, String text) throws Unreadable {
        var examples = new ArrayList<Example>();
        var intent = "";
        var number = 0;
        for (var line : text.split("\n", -1)) {
            number++;
            if (line.startsWith("##")) {
                intent = line.startsWith(INTENT)
                        ? line.substring(INTENT.length()).strip()
                        : "";
            } else if (!intent.isEmpty() && (line.startsWith("- ") || line.startsWith("* "))) {
                var said = ENTITY.matcher(line.substring(2)).replaceAll("$1").strip();
                if (!said.isEmpty()) {
                    examples.add(DataSet.example(file, number, said, intent));
                }
            }
            if (examples.size() > DataSet.MOST) {
                throw new Unreadable(file, number, "more than " + DataSet.MOST + " examples");
            }
        }
        return examples;
    }

    private RasaReader() {}
}
