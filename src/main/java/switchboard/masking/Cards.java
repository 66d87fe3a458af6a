package switchboard.masking;

/** Payment cards: 12 to 19 digits, in groups or not, that begin and end as cards do (ISO 7812: brands' numbers, Luhn's check digit). */
final class Cards implements Kind.Finder {

    private static final int MOST = 19;
    private static final String BETWEEN = " -\u00a0\u202f";

    @Override
    public int end(String text, int from) {
        if (!Digits.digit(text, from) || Digits.word(text, from - 1) || part(text, from)) {
            return NOTHING;
        }
        var number = Digits.at(text, from, MOST, BETWEEN);
        for (int count = number.count(); count >= 12; count--) {
            var end = number.end(count);
            if (!Digits.word(text, end) && fits(number.digits(), count) && right(number.digits(), count)) {
                return end;
            }
        }
        return NOTHING;
    }

    /** Of a longer number or a version. */
    private static boolean part(String text, int from) {
        return from > 1 && "-.,".indexOf(text.charAt(from - 1)) >= 0 && Digits.digit(text, from - 2);
    }

    /** Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Maestro. */
    private static boolean fits(String digits, int count) {
        var two = Integer.parseInt(digits.substring(0, 2));
        var four = Integer.parseInt(digits.substring(0, 4));
        if (two >= 40 && two <= 49) {
            return count == 13 || count == 16 || count == 19;
        }
        if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) {
            return count == 16;
        }
        if (two == 34 || two == 37) {
            return count == 15;
        }
        if (two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059)) {
            return count >= 14;
        }
        if (four >= 3528 && four <= 3589) {
            return count >= 16;
        }
        return two == 50 || (two >= 56 && two <= 69);
    }

    private static boolean right(String digits, int count) {
        var sum = 0;
        for (int i = 0; i < count; i++) {
            var digit = digits.charAt(count - 1 - i) - '0';
            var counted = i % 2 == 0 ? digit : 2 * digit;
            sum += counted > 9 ? counted - 9 : counted;
        }
        return sum % 10 == 0;
    }
}
