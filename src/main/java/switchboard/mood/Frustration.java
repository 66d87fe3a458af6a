package switchboard.mood;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How frustrated a customer seems, from how he writes: shouting, repeated punctuation, words, saying the same again, much shorter or longer
 * than before. No sign alone says more than {@value #WORDS}.
 */
public final class Frustration {

    private static final double SHOUTING = .4;
    private static final double PUNCTUATION = .35;
    private static final double WORDS = .6;
    private static final double AGAIN = .5;
    private static final double LENGTH = .15;

    /** What is left of a message's frustration in the next one. */
    private static final double STAYS = .5;

    private static final int MESSAGES = 12;
    private static final int LONGEST = 2_000;
    private static final int LETTERS = 12;
    private static final double ALIKE = .7;

    private static final Pattern REPEATED = Pattern.compile("[!?]{2,20}|[.]{4,20}|[\u203c\u2047\u2048\u2049]");

    /** Beginnings of words, at least so much each. */
    private static final Set<String> STRONG = Set.of(
            "unverschämt",
            "frechheit",
            "lächerlich",
            "wütend",
            "stinksauer",
            "unfassbar",
            "skandal",
            "scheiß",
            "scheiss",
            "verarsch",
            "abzock",
            "betrug",
            "katastroph",
            "unzumutbar",
            "inakzeptabel",
            "zumutung",
            "saftladen",
            "ridiculous",
            "unacceptable",
            "outrag",
            "disgust",
            "pathetic",
            "scam",
            "horrible",
            "furious",
            "shit",
            "fuck",
            "wtf",
            "worst",
            "useless",
            "bullshit",
            "ripoff",
            "infuriat");

    private static final Set<String> MILD = Set.of(
            "ärger",
            "genervt",
            "nervt",
            "nervig",
            "sauer",
            "enttäusch",
            "mies",
            "unmöglich",
            "frustrier",
            "verzweifel",
            "ständig",
            "dauernd",
            "endlich",
            "angry",
            "annoy",
            "frustrat",
            "disappoint",
            "terrible",
            "awful",
            "upset",
            "hopeless",
            "damn",
            "bloody",
            "joke",
            "seriously",
            "waste",
            "desperate",
            "unhelpful",
            "nonsense",
            "unsinn",
            "quatsch");

    private static final Set<String> PHRASES = Set.of(
            "schon wieder",
            "immer noch",
            "zum dritten",
            "zum zweiten",
            "zum x",
            "reicht mir",
            "die nase voll",
            "keine lust mehr",
            "fed up",
            "sick of",
            "third time",
            "second time",
            "still not",
            "still no",
            "yet again",
            "once again",
            "had enough",
            "how many times",
            "wie oft");

    /** From 0 to 1; {@code said} by the customer, the oldest first. */
    public static double of(List<String> said) {
        var last = said.subList(Math.max(0, said.size() - MESSAGES), said.size());
        var frustration = 0.0;
        for (int i = 0; i < last.size(); i++) {
            frustration = together(frustration * STAYS, message(last.get(i), last.subList(0, i)));
        }
        return frustration;
    }

    private static double message(String raw, List<String> before) {
        var text = raw.substring(0, Math.min(raw.length(), LONGEST));
        return together(
                SHOUTING * shouting(text),
                PUNCTUATION * punctuation(text),
                WORDS * words(text),
                AGAIN * again(text, before),
                LENGTH * length(text, before));
    }

    /** As likely as that at least one of them is right. */
    private static double together(double... signs) {
        return 1 - Arrays.stream(signs).map(sign -> 1 - sign).reduce(1, (a, b) -> a * b);
    }

    /** Share of capitals beyond what sentences and names have. */
    private static double shouting(String text) {
        var letters = text.codePoints().filter(Character::isLetter).count();
        var capitals = text.codePoints().filter(Character::isUpperCase).count();
        return letters < LETTERS ? 0 : Math.clamp((capitals / (double) letters - .4) / .4, 0, 1);
    }

    private static double punctuation(String text) {
        return Math.min(
                1,
                REPEATED.matcher(text).results().limit(2).count() / 2.0 + (text.matches("(?s).*[!?]{4}.*") ? .5 : 0));
    }

    private static double words(String text) {
        var sum = 0.0;
        for (var word : split(text)) {
            sum += starts(word, STRONG) ? .7 : starts(word, MILD) ? .35 : 0;
        }
        var joined = " " + String.join(" ", split(text)) + " ";
        sum += .35
                * PHRASES.stream()
                        .filter(phrase -> joined.contains(" " + phrase + " "))
                        .count();
        return Math.min(1, sum);
    }

    private static boolean starts(String word, Set<String> beginnings) {
        return beginnings.stream().anyMatch(word::startsWith);
    }

    private static double again(String text, List<String> before) {
        var words = new HashSet<>(split(text));
        var times = before.stream()
                .filter(earlier -> words.size() > 1 && alike(words, new HashSet<>(split(earlier))))
                .count();
        return Math.min(1, times / 2.0);
    }

    private static boolean alike(Set<String> some, Set<String> others) {
        var both = some.stream().filter(others::contains).count();
        return both >= ALIKE * (some.size() + others.size() - both);
    }

    private static double length(String text, List<String> before) {
        if (before.size() < 2) {
            return 0;
        }
        var usual = before.stream()
                .mapToInt(earlier -> split(earlier).size())
                .average()
                .orElse(0);
        var now = split(text).size();
        return (now > 0 && usual >= 6 && now <= usual / 4) || (now >= 30 && now >= 3 * usual) ? 1 : 0;
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.substring(0, Math.min(text.length(), LONGEST))
                        .toLowerCase(Locale.ROOT)
                        .split("[^\\p{L}\\p{N}]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private Frustration() {}
}
