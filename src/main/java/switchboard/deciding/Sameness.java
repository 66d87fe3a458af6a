package switchboard.deciding;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How much two messages have in common: shared words by all words, 0 to 1. */
final class Sameness {

    private static final int WORDS = 200;

    static double of(String one, String other) {
        var words = words(one);
        var shared = new HashSet<>(words);
        var others = words(other);
        shared.retainAll(others);
        var all = words.size() + others.size() - shared.size();
        return all == 0 ? 0 : (double) shared.size() / all;
    }

    private static Set<String> words(String text) {
        var plain = new StringBuilder(text.length());
        text.toLowerCase(Locale.ROOT)
                .codePoints()
                .map(c -> Character.isLetterOrDigit(c) ? c : ' ')
                .forEach(plain::appendCodePoint);
        return Arrays.stream(plain.toString().split(" ", -1))
                .filter(word -> !word.isEmpty())
                .limit(WORDS)
                .collect(Collectors.toSet());
    }

    private Sameness() {}
}
