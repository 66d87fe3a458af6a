package switchboard.understanding;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import switchboard.masking.Masked;

/**
 * A message as it is read: NFKC, one blank between words, nothing invisible, at most {@value #LONGEST} characters.
 * Personal data and links stand as one word each, which says what kind it is, so that no model learns them.
 *
 * @param plain with its capitals, for who cares
 */
public record Text(String plain) {

    /** What comes later of a longer message is not read. */
    public static final int LONGEST = 2_000;

    private static final Pattern LINK = Pattern.compile("\\b(?:https?://|www\\.)\\S{1,500}", Pattern.CASE_INSENSITIVE);
    private static final Pattern KINDS = Pattern.compile("<(link|email|iban|card|taxid|ip|phone)>");
    private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\p{C}]+");

    /** Takes any string, also lone surrogates. */
    public static Text of(String raw) {
        var visible = BLANKS.matcher(Normalizer.normalize(cut(raw, 2 * LONGEST), Normalizer.Form.NFKC))
                .replaceAll(" ")
                .strip();
        var masked = LINK.matcher(Masked.of(visible).text()).replaceAll("link");
        return new Text(cut(KINDS.matcher(masked).replaceAll("$1"), LONGEST).strip());
    }

    /** Whether there is any letter or digit in it. */
    boolean hasWords() {
        return plain.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    /** Lower case, umlauts written out, other accents gone: what two spellings of a word have in common. */
    String folded() {
        var folded = new StringBuilder(plain.length() + 8);
        var lower = plain.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            fold(lower.charAt(i), folded);
        }
        return folded.toString();
    }

    private static void fold(char c, StringBuilder to) {
        switch (c) {
            case 'ä' -> to.append("ae");
            case 'ö' -> to.append("oe");
            case 'ü' -> to.append("ue");
            case 'ß' -> to.append("ss");
            case '\u2018', '\u2019', '\u00b4' -> to.append('\'');
            default -> to.append(c < 0x80 ? c : bare(c));
        }
    }

    private static char bare(char c) {
        return Character.isLetter(c)
                ? Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD).charAt(0)
                : c;
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }
}
