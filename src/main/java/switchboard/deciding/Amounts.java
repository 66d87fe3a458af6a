package switchboard.deciding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Amounts of money in a text: numbers with a currency before or after them. Whole units; each character is looked at once. */
final class Amounts {

    private static final List<String> CURRENCIES = List.of(
            "€", "$", "£", "eur", "euro", "euros", "usd", "dollar", "dollars", "chf", "franken", "gbp", "pounds",
            "pfund");

    private static final int DIGITS = 12;

    static List<Long> in(String text) {
        var amounts = new ArrayList<Long>();
        var words = spaced(text.toLowerCase(Locale.ROOT)).split(" +", -1);
        for (int i = 0; i < words.length; i++) {
            var number = !words[i].isEmpty() && digit(words[i].charAt(0));
            if (number && (currency(words, i - 1) || currency(words, i + 1))) {
                amounts.add(whole(words[i]));
            }
        }
        return amounts;
    }

    private static boolean currency(String[] words, int at) {
        return at >= 0 && at < words.length && CURRENCIES.contains(words[at]);
    }

    /** Numbers and what is none stand apart. */
    private static String spaced(String text) {
        var spaced = new StringBuilder(text.length() * 2);
        boolean before = false;
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var number = digit(c)
                    || (before && (c == '.' || c == ',') && i + 1 < text.length() && digit(text.charAt(i + 1)));
            if (number != before) {
                spaced.append(' ');
            }
            spaced.append(
                    number || Character.isLetter(c) || Character.getType(c) == Character.CURRENCY_SYMBOL ? c : ' ');
            before = number;
        }
        return spaced.toString();
    }

    /** A separator followed by one or two digits at the end begins the part of a unit. */
    private static long whole(String number) {
        int last = Math.max(number.lastIndexOf('.'), number.lastIndexOf(','));
        var units = last >= 0 && number.length() - last <= 3 ? number.substring(0, last) : number;
        var digits = units.replace(".", "").replace(",", "");
        return digits.length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private Amounts() {}
}
