package switchboard.masking;

/** Mail addresses: a name of at most 256 characters, {@code @}, two names or more with points between them. */
final class Mails implements Kind.Finder {

    private static final int LONGEST = 256;
    private static final String NAME = "._%+-'!#$&*/=?^`{|}~";

    @Override
    public int end(String text, int from) {
        if (!name(text.charAt(from)) || (from > 0 && name(text.charAt(from - 1)) && !quote(text.charAt(from - 1)))) {
            return NOTHING;
        }
        var at = from;
        while (at < text.length() && at - from <= LONGEST && name(text.charAt(at))) {
            at++;
        }
        return at < text.length() && text.charAt(at) == '@' ? domain(text, at + 1) : NOTHING;
    }

    private static int domain(String text, int from) {
        var end = NOTHING;
        var points = 0;
        for (int i = from; i < text.length() && i - from < LONGEST; i++) {
            var c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                end = points > 0 ? i + 1 : end;
            } else if (c == '.' && i > from && text.charAt(i - 1) != '.') {
                points++;
            } else if (c != '-') {
                break;
            }
        }
        return end;
    }

    private static boolean name(char c) {
        return Character.isLetterOrDigit(c) || NAME.indexOf(c) >= 0;
    }

    /** What may stand before an address without being of it. */
    private static boolean quote(char c) {
        return "'`*=/|{".indexOf(c) >= 0;
    }
}
