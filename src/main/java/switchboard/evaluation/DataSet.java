package switchboard.evaluation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import switchboard.understanding.Example;

/**
 * The examples of a file: CSV of text and label with a head line (BANKING77, HINT3), JSON (CLINC150) or Markdown (Rasa), told apart by
 * the file's name.
 *
 * @param train to learn from; also what is out of scope
 * @param test to be asked about; as {@code train} where the file has but one part
 */
record DataSet(List<Example> train, List<Example> test) {

    static final int MOST = 200_000;
    static final int LONGEST = 16_384;
    private static final long LARGEST = 64 << 20;

    /** What data sets call what is none of their intents. */
    private static final Set<String> NONE = Set.of("oos", "out_of_scope", "no_nodes_detected", "ood");

    /** Refused: {@link Unreadable}, or a file that cannot be read. */
    static DataSet read(Path file) throws IOException {
        var name = file.getFileName().toString();
        var text = text(file);
        if (name.endsWith(".json")) {
            return ClincReader.read(file, text);
        }
        var examples = name.endsWith(".md") ? RasaReader.read(file, text) : CsvReader.read(file, text);
        if (examples.isEmpty()) {
            throw new Unreadable(file, 0, "no examples in it");
        }
        return new DataSet(examples, examples);
    }

    /** Refused: no label, or too much. */
    static Example example(Path file, int line, String text, String label) throws Unreadable {
        if (label.isBlank()) {
            throw new Unreadable(file, line, "no label");
        }
        if (text.length() > LONGEST || label.length() > 200) {
            throw new Unreadable(file, line, "longer than " + LONGEST + " characters");
        }
        var intent = label.strip();
        return new Example(text, NONE.contains(intent.toLowerCase(java.util.Locale.ROOT)) ? Example.NONE : intent);
    }

    static String text(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new Unreadable(file, 0, "larger than 64 MiB");
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Unreadable(file, 0, "not UTF-8");
        }
    }
}
