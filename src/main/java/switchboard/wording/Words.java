package switchboard.wording;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A message cut into words and the breaks between them, in one pass: each character is looked at a bounded number of times. */
final class Words {

    static final String STOP = ".";
    static final String COMMA = ",";
    static final String COLON = ":";
    static final String QUOTE = "\"";
    static final String NUMBER = "#";

    private static final int LONGEST = 40;

    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private int letters;

    private Words(String text) {
        this.text = text;
    }

    /** Begins and ends with {@link #STOP}; words are in lower case, umlauts written out, other accents gone, without apostrophes. */
    static List<String> of(String message) {
        var words =
                new Words(Normalizer.normalize(message, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT));
        words.scan();
        return Quotes.without(words.words);
    }

    private void scan() {
        words.add(STOP);
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                fold(c);
            } else if (c == '-' && inside(i)) {
                word.append('-');
            } else if (apostrophe(c) && inside(i)) {
                word.append('\'');
            } else if (Character.getType(c) != Character.FORMAT && Character.getType(c) != Character.NON_SPACING_MARK) {
                close();
                mark(c, i);
            }
        }
        close();
        join();
        add(STOP);
    }

    private boolean inside(int i) {
        return !word.isEmpty() && i + 1 < text.length() && Character.isLetterOrDigit(text.charAt(i + 1));
    }

    private static boolean apostrophe(char c) {
        return c == '\'' || c == '\u2019' || c == '\u2018' || c == '\u00b4' || c == '`';
    }

    private void fold(char c) {
        if (word.length() > LONGEST) {
            return;
        }
        switch (c) {
            case 'ä' -> word.append("ae");
            case 'ö' -> word.append("oe");
            case 'ü' -> word.append("ue");
            case 'ß' -> word.append("ss");
            default -> word.append(c < 0x80 ? c : bare(c));
        }
    }

    private static char bare(char c) {
        return Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD).charAt(0);
    }

    private void close() {
        if (word.isEmpty()) {
            return;
        }
        var closed = word.toString();
        word.setLength(0);
        if (closed.length() == 1 && Character.isLetter(closed.charAt(0))) {
            letters++;
        } else {
            join();
        }
        words.add(closed);
    }

    /** Four or more single letters in a row are one word: A G E N T. */
    private void join() {
        if (letters >= 4) {
            var spelled = words.subList(words.size() - letters, words.size());
            var joined = String.join("", spelled);
            spelled.clear();
            words.add(joined);
        }
        letters = 0;
    }

    private void mark(char c, int i) {
        switch (c) {
            case '.', '!', '?', ';', '\u2026', '\n', '\r', '\u2013', '\u2014' -> add(STOP);
            case '-' -> add(COMMA);
            case ',', '(', ')' -> add(COMMA);
            case ':' -> {
                if (i + 1 == text.length() || !Character.isLetter(text.charAt(i + 1))) {
                    add(COLON);
                }
            }
            case '"', '\u201c', '\u201d', '\u201e', '\u00ab', '\u00bb' -> words.add(QUOTE);
            case '\'', '\u2018', '\u2019', '\u201a', '`', '\u00b4' -> words.add(QUOTE);
            default -> {}
        }
    }

    /** Of breaks that follow each other the stronger stands. */
    private void add(String mark) {
        join();
        var last = words.getLast();
        if (last.equals(COMMA) || last.equals(COLON)) {
            words.removeLast();
            words.add(last.equals(COMMA) && mark.equals(COLON) ? COMMA : mark);
        } else if (!last.equals(STOP)) {
            words.add(mark);
        }
    }
}
