package switchboard.request;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** Which media type the caller wants: of those offered the one of highest quality, the first of equals. */
public final class Negotiation {

    private static final String EVENTS = "text/event-stream";
    private static final Pattern Q = Pattern.compile("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)");

    /** For what there is only as JSON. Refused: NOT_ACCEPTABLE. */
    public static void json(HttpRequest request) {
        choose(request, List.of("application/json"));
    }

    /** Whether an event stream is what the caller wants, by name. */
    public static boolean asksForEvents(HttpRequest request) {
        var accept =
                Headers.all(request, "Accept").stream().collect(joining(",")).toLowerCase(Locale.ROOT);
        return quality(accept, EVENTS) > 0 && accept.contains(EVENTS);
    }

    /** One of {@code offered} (in lower case); the first where nothing is asked for. Refused: NOT_ACCEPTABLE. */
    public static String choose(HttpRequest request, List<String> offered) {
        var accept = Headers.all(request, "Accept").stream().collect(joining(","));
        if (accept.isBlank()) {
            return offered.getFirst();
        }
        var best = "";
        var highest = 0.0;
        for (var type : offered) {
            var quality = quality(accept.toLowerCase(Locale.ROOT), type);
            if (quality > highest) {
                highest = quality;
                best = type;
            }
        }
        if (best.isEmpty()) {
            throw new Problem(Fault.NOT_ACCEPTABLE, "there is " + String.join(", ", offered));
        }
        return best;
    }

    /** The most specific range that fits counts. */
    private static double quality(String accept, String type) {
        var quality = 0.0;
        var length = 0;
        for (var part : accept.split(",", -1)) {
            var range = part.split(";", -1);
            var name = range[0].strip();
            if (fits(name, type) && name.length() > length) {
                length = name.length();
                quality = q(range);
            }
        }
        return quality;
    }

    private static boolean fits(String range, String type) {
        return range.equals("*/*")
                || range.equals(type)
                || (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1)));
    }

    private static double q(String[] range) {
        for (int i = 1; i < range.length; i++) {
            var q = Q.matcher(range[i].strip());
            if (q.matches()) {
                return Double.parseDouble(q.group(1));
            }
        }
        return 1;
    }

    private Negotiation() {}
}
