package switchboard.language;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How much the letters of a word look like one language rather than the other, learned from words of both: pieces of up to four letters. */
final class Spelling {

    private static final int LONGEST = 4;
    private static final int LONGEST_WORD = 32;

    /** Of a piece that was never seen in a language. */
    private static final double UNSEEN = .5;

    private static final double MOST = 1.5;

    private final Map<String, Double> leanings;

    private Spelling(Map<String, Double> leanings) {
        this.leanings = leanings;
    }

    static Spelling of(Set<String> first, Set<String> second) {
        var one = counts(first);
        var other = counts(second);
        var leanings = new HashMap<String, Double>();
        for (var counts : List.of(one, other)) {
            for (var piece : counts.keySet()) {
                leanings.put(
                        piece,
                        Math.log((one.getOrDefault(piece, 0) + UNSEEN) / (first.size() + 1))
                                - Math.log((other.getOrDefault(piece, 0) + UNSEEN) / (second.size() + 1)));
            }
        }
        return new Spelling(leanings);
    }

    private static Map<String, Integer> counts(Set<String> words) {
        var counts = new HashMap<String, Integer>();
        for (var word : words) {
            var framed = framed(word);
            for (int from = 0; from < framed.length(); from++) {
                for (int to = from + 1; to <= Math.min(from + LONGEST, framed.length()); to++) {
                    counts.merge(framed.substring(from, to), 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    private static String framed(String word) {
        return '^' + word.substring(0, Math.min(word.length(), LONGEST_WORD)) + '$';
    }

    /** Above 0: the first language. Each letter is judged by the longest known piece that begins with it. */
    double leaning(String word) {
        var framed = framed(word);
        var sum = 0.0;
        for (int from = 0; from < framed.length(); from++) {
            for (int to = Math.min(from + LONGEST, framed.length()); to > from; to--) {
                var leaning = leanings.get(framed.substring(from, to));
                if (leaning != null) {
                    sum += leaning;
                    break;
                }
            }
        }
        return Math.clamp(sum / Math.sqrt(framed.length()), -MOST, MOST);
    }
}
