package switchboard.wording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words that a grammar knows, each with a number, found also when they are misspelt or stretched. */
final class Vocabulary {

    /** A word that is not known. */
    static final int OTHER = 0;

    /** One that is not known and ends like a German infinitive. */
    static final int VERB = 1;

    private static final int TOLERANT = 5;
    private static final int MORE_TOLERANT = 10;
    private static final int LONGEST = 40;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    private final Map<Integer, List<String>> near = new HashMap<>();
    private final List<String> heads = new ArrayList<>();
    private final List<String> firsts = new ArrayList<>();

    Vocabulary() {
        exact("{other}");
        exact("{verb}");
    }

    int exact(String word) {
        return numbers.computeIfAbsent(word, w -> {
            words.add(w);
            return words.size() - 1;
        });
    }

    /** Found also where a letter is wrong, missing, doubled or swapped with its neighbour; two of ten. */
    int tolerant(String word) {
        if (word.length() >= TOLERANT - 1) {
            var bucket = near.computeIfAbsent(bucket(word.charAt(0), word.length()), b -> new ArrayList<>());
            if (!bucket.contains(word)) {
                bucket.add(word);
            }
        }
        return exact(word);
    }

    /** A compound of {@code first} words and this one means this one: Support-Mitarbeiter. */
    void head(String word) {
        heads.add(word);
    }

    void first(String word) {
        firsts.add(word);
    }

    int size() {
        return words.size();
    }

    String word(int number) {
        return words.get(number);
    }

    int number(String word) {
        if (word.endsWith("'s")) {
            return numbers.getOrDefault(word, OTHER);
        }
        var found = simple(word.replace("'", ""));
        if (found > VERB || word.length() > LONGEST) {
            return found;
        }
        var compound = compound(word.replace("-", ""));
        return compound > VERB ? compound : found;
    }

    private int simple(String word) {
        var exact = numbers.get(word);
        if (exact != null) {
            return exact;
        }
        if (Character.isDigit(word.charAt(0))) {
            return numbers.getOrDefault(Words.NUMBER, OTHER);
        }
        if (word.length() > LONGEST) {
            return OTHER;
        }
        var squeezed = numbers.get(squeezed(word, 1));
        if (squeezed == null) {
            squeezed = numbers.get(squeezed(word, 2));
        }
        if (squeezed != null && stretched(word)) {
            return squeezed;
        }
        var close = near(word);
        return close != OTHER ? close : word.length() > 4 && word.endsWith("en") ? VERB : OTHER;
    }

    private int near(String word) {
        for (int d = 0; d <= 2 && word.length() >= TOLERANT - 1; d++) {
            var found = nearOf(word, word.length() + d);
            found = found != OTHER || d == 0 ? found : nearOf(word, word.length() - d);
            if (found != OTHER) {
                return found;
            }
        }
        return OTHER;
    }

    private int nearOf(String word, int length) {
        for (var candidate : near.getOrDefault(bucket(word.charAt(0), length), List.of())) {
            if (Likeness.within(word, candidate, allowed(candidate), candidate.length() < TOLERANT)) {
                return numbers.getOrDefault(candidate, OTHER);
            }
        }
        return OTHER;
    }

    private static int allowed(String word) {
        return word.length() >= MORE_TOLERANT ? 2 : 1;
    }

    private int compound(String word) {
        for (var head : heads) {
            if (word.endsWith(head) && made(word.substring(0, word.length() - head.length()))) {
                return numbers.getOrDefault(head, OTHER);
            }
        }
        return OTHER;
    }

    /** Whether that is one or two of the firsts. */
    private boolean made(String rest) {
        return firsts.stream()
                .filter(rest::startsWith)
                .map(first -> rest.substring(first.length()))
                .anyMatch(more -> more.isEmpty() || firsts.contains(more));
    }

    private static boolean stretched(String word) {
        for (int i = 2; i < word.length(); i++) {
            if (word.charAt(i) == word.charAt(i - 1) && word.charAt(i) == word.charAt(i - 2)) {
                return true;
            }
        }
        return false;
    }

    private static String squeezed(String word, int most) {
        var squeezed = new StringBuilder(word.length());
        int same = 0;
        for (int i = 0; i < word.length(); i++) {
            same = i > 0 && word.charAt(i) == word.charAt(i - 1) ? same + 1 : 1;
            if (same <= most || !runs(word, i)) {
                squeezed.append(word.charAt(i));
            }
        }
        return squeezed.toString();
    }

    /** Whether the letter there is one of three or more. */
    private static boolean runs(String word, int i) {
        int from = i;
        while (from > 0 && word.charAt(from - 1) == word.charAt(i)) {
            from--;
        }
        int to = i;
        while (to + 1 < word.length() && word.charAt(to + 1) == word.charAt(i)) {
            to++;
        }
        return to - from >= 2;
    }

    private static int bucket(char first, int length) {
        return first * 64 + length;
    }
}
