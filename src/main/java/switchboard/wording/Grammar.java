package switchboard.wording;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import switchboard.wording.Phrase.Kind;
import switchboard.wording.Phrase.Step;

/**
 * A grammar as it stands in a resource, one rule a line:
 *
 * <pre>
 * version 1
 * class NAME words…      found also misspelt; stem+ending+ending are several words; NAME takes in another class
 * exact NAME words…      as they are
 * head words…, first words…    what compounds are made of
 * mask|ask|unless|always topic.rule: steps…
 * </pre>
 *
 * <p>A step is words and classes with {@code |} between them, then {@code ?}, {@code *} or {@code +}; {@code ~3} up to three words
 * within a clause (not those of class {@code BLOCK}); {@code ^} and {@code $} a break. The last step is one word.
 */
final class Grammar {

    private final Vocabulary vocabulary = new Vocabulary();
    private final Map<String, BitSet> classes = new HashMap<>();
    private final List<String[]> rules = new ArrayList<>();
    private final Map<Kind, List<Phrase>> phrases = new EnumMap<>(Kind.class);
    private int version;

    Grammar(List<String> lines) {
        named("OTHER").set(Vocabulary.OTHER);
        named("OTHER").set(Vocabulary.VERB);
        named("VERB").set(Vocabulary.VERB);
        named("NUMBER").set(vocabulary.exact(Words.NUMBER));
        named("OTHER").set(vocabulary.exact(Quotes.QUOTED));
        mark("^", Words.STOP, Words.COMMA);
        mark("$", Words.STOP, Words.COMMA, Words.COLON);
        mark("COMMA", Words.COMMA);
        mark("BLOCK", Words.STOP, Words.COMMA, Words.COLON);
        lines.stream().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(this::line);
        rules.forEach(this::intern);
        named("ANY").set(0, vocabulary.size());
        named("ANY").andNot(named("BLOCK"));
        rules.forEach(this::phrase);
    }

    int version() {
        return version;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    List<Phrase> phrases(Kind kind) {
        return phrases.getOrDefault(kind, List.of());
    }

    boolean isBreak(int word) {
        return named("^").get(word) || named("$").get(word);
    }

    private void line(String line) {
        var parts = line.strip().split("\\s+", -1);
        var rest = Arrays.asList(parts).subList(1, parts.length);
        switch (parts[0]) {
            case "version" -> version = Integer.parseInt(parts[1]);
            case "class" -> fill(rest, true);
            case "exact" -> fill(rest, false);
            case "head" -> rest.stream().flatMap(Grammar::forms).forEach(vocabulary::head);
            case "first" -> rest.forEach(vocabulary::first);
            default -> rules.add(parts);
        }
    }

    private void fill(List<String> parts, boolean tolerant) {
        var words = named(parts.getFirst());
        parts.subList(1, parts.size()).forEach(part -> {
            if (classes.containsKey(part)) {
                words.or(named(part));
            } else {
                forms(part).forEach(form -> words.set(tolerant ? vocabulary.tolerant(form) : vocabulary.exact(form)));
            }
        });
    }

    private static Stream<String> forms(String part) {
        var pieces = part.split("\\+", -1);
        return Stream.concat(Stream.of(pieces[0]), Arrays.stream(pieces).skip(1).map(ending -> pieces[0] + ending));
    }

    /** Literal words of steps get their numbers before any class of all words is made. */
    private void intern(String[] rule) {
        for (int i = 2; i < rule.length; i++) {
            for (var word : bare(rule[i]).split("\\|", -1)) {
                if (!classes.containsKey(word) && !word.startsWith("~")) {
                    if (!word.equals(word.toLowerCase(Locale.ROOT))) {
                        throw new IllegalArgumentException("no class is named " + word);
                    }
                    vocabulary.exact(word);
                }
            }
        }
    }

    private void phrase(String[] rule) {
        var kind = Kind.valueOf(rule[0].toUpperCase(Locale.ROOT));
        var name = rule[1].substring(0, rule[1].length() - 1);
        var steps = new ArrayList<Step>();
        for (int i = 2; i < rule.length; i++) {
            steps(rule[i], steps);
        }
        if (steps.size() > Phrase.MOST
                || !rule[1].endsWith(":")
                || steps.getLast().optional()
                || steps.getLast().loop()) {
            throw new IllegalArgumentException("no rule of a grammar: " + name);
        }
        phrases.computeIfAbsent(kind, k -> new ArrayList<>())
                .add(new Phrase(
                        name.substring(0, name.indexOf('.')), name.substring(name.indexOf('.') + 1), kind, steps));
    }

    private void steps(String part, List<Step> steps) {
        if (part.startsWith("~")) {
            for (int i = Integer.parseInt(part.substring(1)); i > 0; i--) {
                steps.add(new Step(named("ANY"), true, false));
            }
            return;
        }
        var accepts = new BitSet();
        for (var word : bare(part).split("\\|", -1)) {
            if (classes.containsKey(word)) {
                accepts.or(named(word));
            } else {
                accepts.set(vocabulary.exact(word));
            }
        }
        var sign = part.charAt(part.length() - 1);
        steps.add(new Step(accepts, sign == '?' || sign == '*', sign == '*' || sign == '+'));
    }

    private static String bare(String part) {
        return part.length() > 1 && "?*+".indexOf(part.charAt(part.length() - 1)) >= 0
                ? part.substring(0, part.length() - 1)
                : part;
    }

    private BitSet named(String name) {
        return classes.computeIfAbsent(name, n -> new BitSet());
    }

    private void mark(String name, String... marks) {
        for (var mark : marks) {
            named(name).set(vocabulary.exact(mark));
        }
    }
}
