package switchboard.wording;

/** Whether two words are the same but for a few slips: a letter wrong, missing, too many, or swapped with its neighbour. */
final class Likeness {

    /** @param swaps whether letters may only be swapped: short words have too many neighbours otherwise */
    static boolean within(String a, String b, int slips, boolean swaps) {
        return same(a, 0, b, 0, slips, swaps);
    }

    /** At most three ways on at each of at most two slips: bounded by the length times nine. */
    private static boolean same(String a, int i, String b, int j, int slips, boolean swaps) {
        int x = i;
        int y = j;
        while (x < a.length() && y < b.length() && a.charAt(x) == b.charAt(y)) {
            x++;
            y++;
        }
        if (x == a.length() && y == b.length()) {
            return true;
        }
        if (slips == 0 || Math.abs((a.length() - x) - (b.length() - y)) > slips) {
            return false;
        }
        if (x + 1 < a.length()
                && y + 1 < b.length()
                && a.charAt(x) == b.charAt(y + 1)
                && a.charAt(x + 1) == b.charAt(y)
                && same(a, x + 2, b, y + 2, slips - 1, swaps)) {
            return true;
        }
        return !swaps
                && ((x < a.length() && y < b.length() && same(a, x + 1, b, y + 1, slips - 1, false))
                        || (x < a.length() && same(a, x + 1, b, y, slips - 1, false))
                        || (y < b.length() && same(a, x, b, y + 1, slips - 1, false)));
    }

    private Likeness() {}
}
