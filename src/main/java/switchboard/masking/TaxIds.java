package switchboard.masking;

/**
 * German tax numbers for life (§ 139b AO): 11 digits, the first not 0; of the first ten one comes twice or three times, the others at most
 * once; the last one is ISO 7064's check digit (11, 10).
 */
final class TaxIds implements Kind.Finder {

    private static final int LENGTH = 11;
    private static final String BETWEEN = " /\u00a0\u202f";

    @Override
    public int end(String text, int from) {
        if (!Digits.digit(text, from) || Digits.word(text, from - 1)) {
            return NOTHING;
        }
        var number = Digits.at(text, from, LENGTH, BETWEEN);
        if (number.count() < LENGTH || number.digits().charAt(0) == '0') {
            return NOTHING;
        }
        var end = number.end(LENGTH);
        return !Digits.word(text, end) && spread(number.digits()) && right(number.digits()) ? end : NOTHING;
    }

    private static boolean spread(String digits) {
        var more = 0;
        for (char digit = '0'; digit <= '9'; digit++) {
            var one = digit;
            var count = digits.substring(0, LENGTH - 1)
                    .chars()
                    .filter(c -> c == one)
                    .count();
            if (count > 3) {
                return false;
            }
            more += count > 1 ? 1 : 0;
        }
        return more == 1;
    }

    private static boolean right(String digits) {
        var product = 10;
        for (int i = 0; i < LENGTH - 1; i++) {
            var sum = (digits.charAt(i) - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == digits.charAt(LENGTH - 1) - '0';
    }
}
