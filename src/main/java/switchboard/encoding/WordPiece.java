package switchboard.encoding;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * BERT's words of a text: lower case without accents, punctuation apart, longest known pieces first. Text that looks like a special word
 * ({@code [MASK]}) is text.
 */
final class WordPiece {

    static final int BEGIN = 101;
    static final int END = 102;
    private static final int UNKNOWN = 100;
    private static final int LONGEST_WORD = 100;

    private final Map<String, Integer> words;

    WordPiece(Map<String, Integer> words) {
        this.words = words;
    }

    /** With begin and end; at most {@code most}, the rest is cut off. */
    long[] of(String text, int most) {
        var ids = new ArrayList<Long>();
        ids.add((long) BEGIN);
        for (var word : words(text)) {
            if (ids.size() >= most - 1) {
                break;
            }
            pieces(word, ids);
        }
        var cut = ids.subList(0, Math.min(ids.size(), most - 1));
        cut.add((long) END);
        return cut.stream().mapToLong(id -> id).toArray();
    }

    private void pieces(String word, List<Long> ids) {
        var found = new ArrayList<Long>();
        var from = 0;
        var points = word.codePoints().toArray();
        while (from < points.length && points.length <= LONGEST_WORD) {
            var to = points.length;
            while (to > from && !words.containsKey(piece(points, from, to))) {
                to--;
            }
            if (to == from) {
                break;
            }
            found.add((long) words.getOrDefault(piece(points, from, to), UNKNOWN));
            from = to;
        }
        ids.addAll(from == points.length ? found : List.of((long) UNKNOWN));
    }

    private static String piece(int[] points, int from, int to) {
        return (from > 0 ? "##" : "") + new String(points, from, to - from);
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        Normalizer.normalize(visible(text), Normalizer.Form.NFD).codePoints().forEach(c -> {
            if (apart(c) || Character.isWhitespace(c)) {
                end(word, words);
            }
            if (apart(c)) {
                words.add(Character.toString(c));
            } else if (!Character.isWhitespace(c) && Character.getType(c) != Character.NON_SPACING_MARK) {
                word.appendCodePoint(Character.toLowerCase(c));
            }
        });
        end(word, words);
        return words;
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    /** Without control characters; every blank is a blank. */
    private static String visible(String text) {
        var visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                visible.append(' ');
            } else if (c != 0xfffd && !other(c)) {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    private static boolean other(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /** Punctuation, and the signs of scripts without blanks, are words of their own. */
    private static boolean apart(int c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> (c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c)) || ideograph(c);
        };
    }

    private static boolean ideograph(int c) {
        return within(c, 0x4e00, 0x9fff)
                || within(c, 0x3400, 0x4dbf)
                || within(c, 0x20000, 0x2a6df)
                || within(c, 0x2a700, 0x2ceaf)
                || within(c, 0xf900, 0xfaff)
                || within(c, 0x2f800, 0x2fa1f);
    }

    private static boolean within(int c, int least, int most) {
        return c >= least && c <= most;
    }
}
