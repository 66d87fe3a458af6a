package switchboard.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** Reads the headers that carry more than HTTP itself needs. A name is found in any case. */
public final class Headers {

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final Pattern ETAG = Pattern.compile("\"(0|[1-9][0-9]{0,17})\"");

    /** The only header of that name; empty where there is none. Refused: BAD_REQUEST where there are several. */
    public static Optional<String> one(HttpRequest request, String name) {
        var values = all(request, name);
        if (values.size() > 1) {
            throw new Problem(Fault.BAD_REQUEST, "the header " + name + " stands there twice");
        }
        return values.stream().findFirst();
    }

    /**
     * What identifies an order: 1 to 255 visible ASCII characters, without the quotes around them. Refused:
     * IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID, BAD_REQUEST where there are several.
     */
    public static String idempotencyKey(HttpRequest request) {
        var raw = one(request, "Idempotency-Key")
                .orElseThrow(() -> new Problem(Fault.IDEMPOTENCY_KEY_MISSING))
                .strip();
        var quoted = raw.length() >= 2 && raw.startsWith("\"") && raw.endsWith("\"");
        var key = quoted ? raw.substring(1, raw.length() - 1) : raw;
        if (!KEY.matcher(key).matches()) {
            throw new Problem(Fault.IDEMPOTENCY_KEY_INVALID);
        }
        return key;
    }

    /**
     * The number that {@code If-Match} names; -1 for any. Refused: IF_MATCH_INVALID, BAD_REQUEST where there are several.
     */
    public static long expected(HttpRequest request) {
        var raw = one(request, "If-Match").orElse("*").strip();
        if (raw.equals("*")) {
            return -1;
        }
        var etag = ETAG.matcher(raw);
        if (!etag.matches()) {
            throw new Problem(Fault.IF_MATCH_INVALID);
        }
        return Long.parseLong(etag.group(1));
    }

    /** The number that a reader saw last; empty where it is not said. Refused: INVALID_PARAMETER, BAD_REQUEST for several. */
    public static Optional<Long> lastEventId(HttpRequest request) {
        return one(request, "Last-Event-ID").map(raw -> {
            if (!NUMBER.matcher(raw).matches()) {
                throw new Problem(Fault.INVALID_PARAMETER, "Last-Event-ID is no number of an event");
            }
            return Long.parseLong(raw);
        });
    }

    /** Whether {@code If-None-Match} names the number, strongly or weakly. Refuses nothing: what is no tag names none. */
    public static boolean knows(HttpRequest request, long seq) {
        var known = new ArrayList<String>();
        for (var value : all(request, "If-None-Match")) {
            for (var tag : value.split(",", -1)) {
                known.add(tag.strip().replaceFirst("^W/", ""));
            }
        }
        return known.contains("*") || known.contains("\"" + seq + "\"");
    }

    /** In order. */
    static List<String> all(HttpRequest request, String name) {
        return StreamSupport.stream(request.getHeaders().spliterator(), false)
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(HttpHeader::value)
                .toList();
    }

    private Headers() {}
}
