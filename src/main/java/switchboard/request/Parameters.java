package switchboard.request;

import static java.util.stream.Collectors.joining;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.Query;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.japi.Pair;

/** Reads a query. A parameter that is not served is refused: to ignore it would be to answer another question. */
public final class Parameters {

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /** Refused: UNKNOWN_PARAMETER. */
    public static void none(HttpRequest request) {
        of(request, Set.of());
    }

    /** Refused: UNKNOWN_PARAMETER, and INVALID_PARAMETER where one stands there twice. */
    public static Parameters of(HttpRequest request, Set<String> known) {
        var values = new HashMap<String, String>();
        for (var parameter : request.getUri().query().toList()) {
            var name = parameter.first();
            if (!known.contains(name)) {
                throw new Problem(Fault.UNKNOWN_PARAMETER);
            }
            if (values.put(name, parameter.second()) != null) {
                throw new Problem(Fault.INVALID_PARAMETER, name + " stands there twice");
            }
        }
        return new Parameters(values);
    }

    /** The one parameter of that name. Refused: INVALID_PARAMETER where it stands there twice. */
    public static Optional<String> one(HttpRequest request, String name) {
        var found = pairs(request.getUri()).filter(p -> p.first().equals(name)).toList();
        if (found.size() > 1) {
            throw new Problem(Fault.INVALID_PARAMETER, name + " stands there twice");
        }
        return found.stream().findFirst().map(Pair::second);
    }

    /** The request as it would be without that parameter. */
    public static HttpRequest without(HttpRequest request, String name) {
        var rest = pairs(request.getUri()).filter(p -> !p.first().equals(name)).toList();
        return request.withUri(request.getUri().query(Query.create(rest)));
    }

    /** Path and query in one string; different ones for different requests. */
    public static String target(Uri uri) {
        return pairs(uri)
                .map(p -> p.first().length() + ":" + p.first() + p.second().length() + ":" + p.second())
                .collect(joining("", uri.getPathString() + "?", ""));
    }

    private static Stream<Pair<String, String>> pairs(Uri uri) {
        return uri.query().toList().stream();
    }

    /** A value of that shape. Refused: INVALID_PARAMETER. */
    public Optional<String> matching(String name, Pattern shape) {
        var value = Optional.ofNullable(values.get(name));
        if (value.filter(v -> !shape.matcher(v).matches()).isPresent()) {
            throw new Problem(Fault.INVALID_PARAMETER, name + " is not " + shape.pattern());
        }
        return value;
    }

    /** A whole number in that range, {@code absent} when it is not there. Refused: INVALID_PARAMETER. */
    public long number(String name, long from, long to, long absent) {
        var raw = values.get(name);
        if (raw == null) {
            return absent;
        }
        var value = NUMBER.matcher(raw).matches() ? Long.parseLong(raw) : -1;
        if (value < from || value > to) {
            throw new Problem(Fault.INVALID_PARAMETER, name + " is not from " + from + " to " + to);
        }
        return value;
    }
}
