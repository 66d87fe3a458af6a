package switchboard.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * German said in English word by word, for what reads only English: inflected forms by their stems, compounds by their parts. What is not
 * in the glossary stays as it is. Any number of threads may ask.
 */
public final class Glossary {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]{2,40}");

    /** Characters; what comes later of a longer text stays as it is. */
    private static final int LONGEST = 2_000;

    /** Of a compound. */
    private static final int PARTS = 4;

    /** Shorter ones would be found in everything. */
    private static final int SHORTEST_STEM = 3;

    private static final List<String> ENDINGS = List.of(
            "e", "n", "s", "t", "en", "er", "es", "em", "st", "te", "et", "ten", "ete", "est", "ere", "ern", "eren",
            "eres", "ste", "sten", "tet", "test");
    private static final List<String> APART = List.of(
            "ab",
            "an",
            "auf",
            "aus",
            "bei",
            "durch",
            "ein",
            "fest",
            "frei",
            "her",
            "hin",
            "los",
            "mit",
            "nach",
            "um",
            "vor",
            "weg",
            "weiter",
            "zu",
            "zurueck",
            "zusammen");
    private static final List<String> JOINTS = List.of("", "s", "es", "n", "en", "er", "e");

    private static final Glossary LOADED = load();

    private final Map<String, String> words;
    private final Map<String, String> stems = new HashMap<>();

    private Glossary(Map<String, String> words) {
        this.words = words;
        words.forEach((word, english) -> {
            for (var ending : List.of("en", "n", "e")) {
                if (word.endsWith(ending) && word.length() - ending.length() >= SHORTEST_STEM) {
                    stems.merge(
                            word.substring(0, word.length() - ending.length()),
                            english,
                            (one, other) -> one.compareTo(other) <= 0 ? one : other);
                }
            }
        });
    }

    /** What is English already is not changed. */
    public static String english(String text) {
        return Languages.of(text, List.of(), "").equals(Languages.GERMAN) ? LOADED.of(text) : text;
    }

    private String of(String text) {
        var read = WORD.matcher(text.substring(0, Math.min(text.length(), LONGEST)));
        return read.replaceAll(found -> known(folded(found.group())).orElse(found.group()))
                + text.substring(Math.min(text.length(), LONGEST));
    }

    private Optional<String> known(String word) {
        return form(word).or(() -> apart(word)).or(() -> compound(word, PARTS));
    }

    /** The word itself, or another form of it. */
    private Optional<String> form(String word) {
        return inflected(word)
                .or(() -> word.startsWith("ge") ? inflected(word.substring(2)) : Optional.empty())
                .or(() -> inflected(plain(word)));
    }

    private Optional<String> inflected(String word) {
        if (words.containsKey(word) || stems.containsKey(word)) {
            return Optional.of(words.getOrDefault(word, stems.getOrDefault(word, "")));
        }
        return ENDINGS.stream()
                .filter(ending -> word.endsWith(ending) && word.length() - ending.length() >= SHORTEST_STEM)
                .map(ending -> word.substring(0, word.length() - ending.length()))
                .map(stem -> words.getOrDefault(stem, stems.getOrDefault(stem, "")))
                .filter(english -> !english.isEmpty())
                .findFirst();
    }

    /** "abgebucht" and "abzubuchen" are forms of "abbuchen"; of what is not known with its first part, the rest may be. */
    private Optional<String> apart(String word) {
        return APART.stream()
                .filter(part -> word.startsWith(part) && word.length() >= part.length() + SHORTEST_STEM)
                .flatMap(part -> {
                    var rest = word.substring(part.length());
                    var inner = rest.startsWith("ge") || rest.startsWith("zu") ? rest.substring(2) : rest;
                    return inflected(part + inner).or(() -> form(rest)).or(() -> inflected(inner)).stream();
                })
                .findFirst();
    }

    /** Its first part as short as may be; the rest may be a compound again. */
    private Optional<String> compound(String word, int parts) {
        for (int at = SHORTEST_STEM; parts > 1 && at <= word.length() - SHORTEST_STEM - 1; at++) {
            var first = first(word.substring(0, at));
            if (first.isPresent()) {
                var rest = word.substring(at);
                var second = form(rest).or(() -> compound(rest, parts - 1));
                if (second.isPresent()) {
                    return Optional.of(first.get() + ' ' + second.get());
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> first(String part) {
        return JOINTS.stream()
                .filter(joint -> part.endsWith(joint) && part.length() - joint.length() >= SHORTEST_STEM)
                .map(joint -> part.substring(0, part.length() - joint.length()))
                .map(bare -> words.getOrDefault(bare, stems.getOrDefault(bare, "")))
                .filter(english -> !english.isEmpty())
                .findFirst();
    }

    /** Umlauts of plurals and comparatives gone. */
    private static String plain(String folded) {
        return folded.replace("ae", "a").replace("oe", "o").replace("ue", "u");
    }

    private static String folded(String word) {
        return word.toLowerCase(Locale.ROOT)
                .replace("ä", "ae")
                .replace("ö", "oe")
                .replace("ü", "ue")
                .replace("ß", "ss");
    }

    private static Glossary load() {
        try (var file = Glossary.class.getResourceAsStream("/language/german-english.txt")) {
            if (file == null) {
                throw new IOException("not on the class path: the glossary");
            }
            var words = new HashMap<String, String>();
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" ", 2))
                    .forEach(entry -> words.put(folded(entry[0]), entry[1]));
            return new Glossary(words);
        } catch (IOException e) {
            throw new UncheckedIOException("the glossary", e);
        }
    }
}
