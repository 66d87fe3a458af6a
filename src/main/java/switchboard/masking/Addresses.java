package switchboard.masking;

/** Addresses of machines: four numbers of at most 255, or IPv6 as RFC 4291 writes it. */
final class Addresses implements Kind.Finder {

    private static final int LONGEST = 46;

    @Override
    public int end(String text, int from) {
        if (!begins(text, from)) {
            return NOTHING;
        }
        var to = from;
        while (to < text.length() && to - from < LONGEST && inside(text.charAt(to))) {
            to++;
        }
        while (to > from
                && (text.charAt(to - 1) == '.' || (text.charAt(to - 1) == ':' && !text.startsWith("::", to - 2)))) {
            to--;
        }
        var found = text.substring(from, to);
        if (!Digits.word(text, to) && (four(found) || six(found))) {
            return to;
        }
        var port = found.indexOf(':');
        return port > 0 && four(found.substring(0, port)) ? from + port : NOTHING;
    }

    private static boolean begins(String text, int from) {
        if (!inside(text.charAt(from)) || Digits.word(text, from - 1)) {
            return false;
        }
        return from == 0 || !inside(text.charAt(from - 1)) || (from > 1 && !inside(text.charAt(from - 2)));
    }

    private static boolean inside(char c) {
        return c < 0x80 && (c == '.' || c == ':' || Character.digit(c, 16) >= 0);
    }

    private static boolean four(String found) {
        var parts = found.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (var part : parts) {
            if (!decimal(part)
                    || part.length() > 3
                    || (part.length() > 1 && part.charAt(0) == '0')
                    || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean decimal(String part) {
        return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean six(String found) {
        var gap = found.indexOf("::");
        if ((gap >= 0 && found.indexOf("::", gap + 1) >= 0) || (gap < 0 && !found.contains(":"))) {
            return false;
        }
        var groups = 0;
        var parts = (gap < 0 ? found : found.substring(0, gap) + ":" + found.substring(gap + 2)).split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            var last = i == parts.length - 1 && four(parts[i]);
            if (!last && !group(parts[i], gap >= 0)) {
                return false;
            }
            groups += parts[i].isEmpty() ? 0 : last ? 2 : 1;
        }
        return gap < 0 ? groups == 8 : groups >= 2 && groups < 8;
    }

    private static boolean group(String part, boolean mayBeEmpty) {
        return part.isEmpty() ? mayBeEmpty : part.length() <= 4 && part.indexOf('.') < 0;
    }
}
