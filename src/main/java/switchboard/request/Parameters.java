package switchboard.request;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpRequest;

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
