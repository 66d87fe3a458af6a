package switchboard.masking;

/**
 * Phone numbers: E.164 with {@code +} or {@code 00}; German and British ones with their leading 0, American ones in groups of three, three and
 * four. After a word for an order, a bill or a customer's number national ones are taken for that; after a word for a phone six digits are enough.
 */
final class Phones implements Kind.Finder {

    private static final int MOST = 15;
    private static final int FEWEST = 8;
    private static final int FEWEST_AFTER_WORD = 6;

    @Override
    public int end(String text, int from) {
        var c = text.charAt(from);
        var bracket = c == '(';
        var first = bracket ? from + 1 : from;
        if (Digits.word(text, from - 1) || part(text, from)) {
            return NOTHING;
        }
        if (first < text.length() && text.charAt(first) == '+') {
            return international(text, first + 1);
        }
        return Digits.digit(text, first) ? national(text, from, first) : NOTHING;
    }

    /** Of a longer number, an amount or a date. */
    private static boolean part(String text, int from) {
        return from > 1 && "-./,:".indexOf(text.charAt(from - 1)) >= 0 && Digits.digit(text, from - 2);
    }

    private static int international(String text, int from) {
        if (!Digits.digit(text, from) || text.charAt(from) == '0') {
            return NOTHING;
        }
        return longest(text, Digits.at(text, from, MOST + 1), FEWEST);
    }

    private static int longest(String text, Digits number, int fewest) {
        for (int count = number.count(); count >= fewest; count--) {
            if (!Digits.word(text, number.end(count))) {
                return number.end(count);
            }
        }
        return NOTHING;
    }

    private static int national(String text, int from, int first) {
        var number = Digits.at(text, first, MOST);
        return switch (Before.of(text, from)) {
            case ORDER -> NOTHING;
            case PHONE -> longest(text, number, FEWEST_AFTER_WORD);
            case NOTHING -> goesOn(text, from) ? NOTHING : alone(text, first, number);
        };
    }

    /** A group of digits of a longer number. */
    private static boolean goesOn(String text, int from) {
        return from > 1 && text.charAt(from - 1) == ' ' && Digits.digit(text, from - 2);
    }

    private static int alone(String text, int first, Digits number) {
        var digits = number.digits();
        if (digits.startsWith("00")) {
            return digits.startsWith("000") ? NOTHING : longest(text, number, 11);
        }
        if (digits.startsWith("0")) {
            return zero(text, first, number);
        }
        var skipped = digits.startsWith("1") ? 1 : 0;
        var american = 10 + skipped;
        return number.count() >= american && groups(number, first, skipped) && !Digits.word(text, number.end(american))
                ? number.end(american)
                : NOTHING;
    }

    private static int zero(String text, int first, Digits number) {
        var end = longest(text, number, FEWEST);
        if (end < 0) {
            return NOTHING;
        }
        var count = count(number, end);
        var mobile = number.digits().matches("0(1[567]|7).*") && (count == 11 || count == 12);
        var area = area(number, first);
        return mobile || (count <= 12 && area >= 3 && area <= 6) ? end : NOTHING;
    }

    private static int count(Digits number, int end) {
        var count = number.count();
        while (number.end(count) != end) {
            count--;
        }
        return count;
    }

    /** Digits before the first gap; 0: there is none. */
    private static int area(Digits number, int first) {
        for (int count = 1; count < number.count(); count++) {
            if (number.end(count + 1) > number.end(count) + 1) {
                return number.end(count) - first == count ? count : 0;
            }
        }
        return 0;
    }

    /** (212) 555-0123, 212-555-0123, 212.555.0123, all after 1 or not. */
    private static boolean groups(Digits number, int first, int skipped) {
        var digits = number.digits();
        if (digits.charAt(skipped) < '2' || digits.charAt(skipped + 3) < '2') {
            return false;
        }
        for (int count = skipped + 1; count < skipped + 10; count++) {
            var gap = number.end(count + 1) > number.end(count) + 1;
            if (gap != (count == skipped + 3 || count == skipped + 6)) {
                return false;
            }
        }
        return skipped == 0 || number.end(2) > first + 2;
    }

    /** What the words before a number say of it: the nearest counts. */
    private enum Before {
        PHONE,
        ORDER,
        NOTHING;

        private static final int FAR = 32;
        private static final String[] PHONES = {
            "tel",
            "phone",
            "handy",
            "mobil",
            "cell",
            "fax",
            "whatsapp",
            "ruf",
            "anruf",
            "call",
            "sms",
            "durchwahl",
            "festnetz"
        };
        private static final String[] ORDERS = {
            "order",
            "bestell",
            "auftrag",
            "rechnung",
            "invoice",
            "bill",
            "ticket",
            "track",
            "sendung",
            "kunden",
            "customer",
            "vorgang",
            "case",
            "ref",
            "artikel",
            "item",
            "paket",
            "parcel",
            "account",
            "konto",
            "vertrag",
            "contract",
            "serien",
            "serial",
            "#"
        };

        static Before of(String text, int from) {
            var words = text.substring(Math.max(0, from - FAR), from).toLowerCase(java.util.Locale.ROOT);
            var phone = last(words, PHONES);
            var order = last(words, ORDERS);
            return phone == order ? NOTHING : phone > order ? PHONE : ORDER;
        }

        /** Where the last word that begins so begins; -1: none does. */
        private static int last(String words, String... beginnings) {
            var last = -1;
            for (var beginning : beginnings) {
                var at = words.lastIndexOf(beginning);
                while (at > 0 && Character.isLetter(words.charAt(at - 1))) {
                    at = words.lastIndexOf(beginning, at - 1);
                }
                last = Math.max(last, at);
            }
            return last;
        }
    }
}
