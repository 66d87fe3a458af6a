package switchboard.masking;

import java.util.List;
import java.util.Locale;

/** Links that let their reader in: {@code scheme://name:password@host}, or a secret among the parameters. Other links stay. */
final class Links implements Kind.Finder {

    private static final int LONGEST = 2_048;
    private static final int LONGEST_SCHEME = 16;
    private static final String AFTER = ".,;:!?)]}'\"";
    private static final List<String> SECRETS = List.of(
            "token=",
            "key=",
            "secret=",
            "password=",
            "passwd=",
            "pwd=",
            "pass=",
            "auth=",
            "session=",
            "sig=",
            "sessionid=",
            "signature=",
            "ticket=",
            "code=",
            "otp=",
            "jwt=");

    @Override
    public int end(String text, int from) {
        if (!Character.isLetter(text.charAt(from)) || Digits.word(text, from - 1)) {
            return NOTHING;
        }
        var scheme = from;
        while (scheme < text.length() && scheme - from < LONGEST_SCHEME && scheme(text.charAt(scheme))) {
            scheme++;
        }
        if (!text.startsWith("://", scheme)) {
            return NOTHING;
        }
        var end = scheme + 3;
        while (end < text.length() && end - from < LONGEST && !over(text.charAt(end))) {
            end++;
        }
        while (AFTER.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return lets(text.substring(Math.min(end, scheme + 3), end)) ? end : NOTHING;
    }

    private static boolean scheme(char c) {
        return Character.isLetterOrDigit(c) || c == '+' || c == '-' || c == '.';
    }

    private static boolean over(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '<' || c == '>' || c == '"';
    }

    private static boolean lets(String link) {
        var host = 0;
        while (host < link.length() && "/?#".indexOf(link.charAt(host)) < 0) {
            host++;
        }
        return link.substring(0, host).contains("@")
                || secret(link.substring(host).toLowerCase(Locale.ROOT));
    }

    private static boolean secret(String rest) {
        return SECRETS.stream().anyMatch(rest::contains);
    }
}
