package switchboard.versions;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import switchboard.understanding.Training;
import switchboard.understanding.Training.Note;

/**
 * What a model was trained on, and what that showed. As text: its fields, a blank between each two.
 *
 * @param knowledge version of what its tenant knew; empty: not known
 * @param languages of it, ascending, each once
 * @param right share of the examples that is understood by what has not seen them; 0: not measured
 * @param notes of each kind, how many: what somebody should look at in the examples
 */
public record Lesson(String knowledge, int examples, int intents, List<String> languages, double right, Notes notes) {

    /** {@link Training.Note.Kind} by kind. */
    public record Notes(int contradictory, int withoutWords, int oneExample) {

        static final Notes NONE = new Notes(0, 0, 0);

        static Notes of(List<Note> notes) {
            return new Notes(
                    count(notes, Note.Kind.CONTRADICTORY),
                    count(notes, Note.Kind.WITHOUT_WORDS),
                    count(notes, Note.Kind.ONE_EXAMPLE));
        }

        private static int count(List<Note> notes, Note.Kind kind) {
            return (int) notes.stream().filter(note -> note.kind() == kind).count();
        }
    }

    private static final String NOTHING = "-";
    private static final Pattern WORD = Pattern.compile("[^\\s,]+");
    private static final Pattern TEXT = Pattern.compile(
            "(\\S+) (\\d{1,9}) (\\d{1,9}) (\\S+) (\\d\\.\\d{1,9}) " + "(\\d{1,9}) (\\d{1,9}) (\\d{1,9})");

    static final Lesson UNKNOWN = new Lesson("", 0, 0, List.of(), 0, Notes.NONE);

    /** Refused: an {@link IllegalArgumentException} for what would not be read as it was written. */
    public Lesson {
        if (!Stream.concat(Stream.of(NOTHING + knowledge), languages.stream())
                .allMatch(it -> WORD.matcher(it).matches())) {
            throw new IllegalArgumentException("no words: " + knowledge + " " + languages);
        }
        languages = languages.stream().distinct().sorted().toList();
    }

    /** Before anything is known of how it went. */
    public static Lesson of(String knowledge, List<String> languages) {
        return new Lesson(knowledge, 0, 0, languages, 0, Notes.NONE);
    }

    Lesson showed(int examples, int intents, double right, List<Note> noted) {
        return new Lesson(knowledge, examples, intents, languages, right, Notes.of(noted));
    }

    /** The same, taught by what {@code later} names. */
    Lesson by(Lesson later) {
        return new Lesson(later.knowledge, examples, intents, later.languages, right, notes);
    }

    String text() {
        return String.join(
                " ",
                knowledge.isEmpty() ? NOTHING : knowledge,
                Integer.toString(examples),
                Integer.toString(intents),
                languages.isEmpty() ? NOTHING : String.join(",", languages),
                String.format(Locale.ROOT, "%.4f", right),
                Integer.toString(notes.contradictory),
                Integer.toString(notes.withoutWords),
                Integer.toString(notes.oneExample));
    }

    /** Empty where it is no lesson. */
    static Optional<Lesson> read(String text) {
        var found = TEXT.matcher(text);
        return found.matches()
                ? Optional.of(new Lesson(
                        found.group(1).equals(NOTHING) ? "" : found.group(1),
                        Integer.parseInt(found.group(2)),
                        Integer.parseInt(found.group(3)),
                        found.group(4).equals(NOTHING)
                                ? List.of()
                                : List.of(found.group(4).split(",", -1)),
                        Double.parseDouble(found.group(5)),
                        new Notes(
                                Integer.parseInt(found.group(6)),
                                Integer.parseInt(found.group(7)),
                                Integer.parseInt(found.group(8)))))
                : Optional.empty();
    }
}
