package switchboard.wording;

import java.util.ArrayList;
import java.util.List;

/** What stands in quotation marks is not what the customer says, unless all of it does. */
final class Quotes {

    static final String QUOTED = "\"\"";

    /** Of a longer quotation the marks are taken for something else. */
    private static final int LONGEST = 30;

    static List<String> without(List<String> words) {
        if (!words.contains(Words.QUOTE)) {
            return words;
        }
        var bare = new ArrayList<String>();
        var said = false;
        int i = 0;
        while (i < words.size()) {
            var word = words.get(i);
            var end = word.equals(Words.QUOTE) ? end(words, i) : i;
            if (end > i) {
                bare.add(QUOTED);
            } else if (!word.equals(Words.QUOTE)) {
                bare.add(word);
                said |= Character.isLetter(word.charAt(0));
            }
            i = end + 1;
        }
        return said ? bare : words.stream().filter(w -> !w.equals(Words.QUOTE)).toList();
    }

    /** Where the quotation ends that begins there; itself if none does. */
    private static int end(List<String> words, int begin) {
        for (int i = begin + 1; i < Math.min(words.size(), begin + LONGEST); i++) {
            if (words.get(i).equals(Words.QUOTE)) {
                return i;
            }
        }
        return begin;
    }

    private Quotes() {}
}
