package switchboard.masking;

/** Digits with what people write between them: at most three blanks, hyphens, points, slashes or brackets in a row. */
final class Digits {

    private static final String BETWEEN = " -./()\u00a0\u202f\u2009\u2010\u2011\u2012\u2013";
    private static final int MOST_BETWEEN = 3;

    private final String digits;
    private final int[] ends;

    private Digits(String digits, int[] ends) {
        this.digits = digits;
        this.ends = ends;
    }

    /** From a digit on, at most {@code most} of them. */
    static Digits at(String text, int from, int most, String between) {
        var digits = new StringBuilder();
        var ends = new int[most];
        var apart = 0;
        for (int i = from; i < text.length() && digits.length() < most && apart <= MOST_BETWEEN; i++) {
            var digit = Character.digit(text.charAt(i), 10);
            if (digit >= 0) {
                ends[digits.length()] = i + 1;
                digits.append((char) ('0' + digit));
                apart = 0;
            } else if (between.indexOf(text.charAt(i)) >= 0) {
                apart++;
            } else {
                break;
            }
        }
        return new Digits(digits.toString(), ends);
    }

    static Digits at(String text, int from, int most) {
        return at(text, from, most, BETWEEN);
    }

    /** ASCII. */
    String digits() {
        return digits;
    }

    int count() {
        return digits.length();
    }

    /** Where the first {@code count} digits end. */
    int end(int count) {
        return ends[count - 1];
    }

    static boolean digit(String text, int at) {
        return at >= 0 && at < text.length() && Character.digit(text.charAt(at), 10) >= 0;
    }

    /** Whether a word or number goes on at this place. */
    static boolean word(String text, int at) {
        return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }
}
