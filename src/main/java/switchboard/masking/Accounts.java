package switchboard.masking;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** IBANs, in groups or not. ISO 13616: the country's length, remainder 1 of 97. */
final class Accounts implements Kind.Finder {

    private static final String LENGTHS =
            "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29BY28CH21CR22CY28CZ24DE22DK18DO28EE20EG29ES24FI18"
                    + "FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19"
                    + "MR27MT31MU30NL18NO15PK24PL28PS29PT25QA29RO24RS22SA24SC31SE24SI19SK24SM27ST25SV28TL23TN24TR26UA29VA22VG24XK20";
    private static final int ENTRY = 4;
    private static final Map<String, Integer> BY_COUNTRY = byCountry();
    private static final int CHECKED = 4;

    private static Map<String, Integer> byCountry() {
        var lengths = new HashMap<String, Integer>();
        for (int i = 0; i < LENGTHS.length(); i += ENTRY) {
            lengths.put(LENGTHS.substring(i, i + 2), Integer.parseInt(LENGTHS.substring(i + 2, i + ENTRY)));
        }
        return lengths;
    }

    @Override
    public int end(String text, int from) {
        if (from + ENTRY > text.length() || Digits.word(text, from - 1)) {
            return NOTHING;
        }
        var length = BY_COUNTRY.get(text.substring(from, from + 2).toUpperCase(Locale.ROOT));
        return length == null ? NOTHING : end(text, from, length);
    }

    private static int end(String text, int from, int length) {
        var account = new StringBuilder();
        var at = from;
        while (at < text.length() && account.length() < length) {
            var c = Character.toUpperCase(text.charAt(at++));
            if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) {
                account.append(c);
            } else if (!between(c) || Digits.word(text, at) == between(text.charAt(at - 2))) {
                return NOTHING;
            }
        }
        return account.length() == length && !Digits.word(text, at) && right(account.toString()) ? at : NOTHING;
    }

    private static boolean between(char c) {
        return c == ' ' || c == '\u00a0' || c == '\u202f' || c == '-';
    }

    private static boolean right(String account) {
        var rest = 0;
        for (int i = 0; i < account.length(); i++) {
            var value = Character.digit(account.charAt((i + CHECKED) % account.length()), 36);
            rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
        }
        return rest == 1;
    }
}
