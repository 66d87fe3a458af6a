package switchboard.request;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.Query;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.japi.Pair;

/** Reads a query. A parameter that is not served is refused: to ignore it would be to answer another question. */
public final class Parameters {

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private static final Pattern RFC3339 = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})");

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

    /** Path and query as they came, with {@code value} for that parameter. */
    public static String with(HttpRequest request, String name, String value) {
        var all = Stream.concat(
                        pairs(request.getUri()).filter(p -> !p.first().equals(name)),
                        Stream.of(Pair.create(name, value)))
                .toList();
        return request.getUri().getPathString() + "?" + Query.create(all).render(HttpCharsets.UTF_8);
    }

    /** A value of that shape. Refused: INVALID_PARAMETER. */
    public Optional<String> matching(String name, Pattern shape) {
        var value = Optional.ofNullable(values.get(name));
        if (value.filter(v -> !shape.matcher(v).matches()).isPresent()) {
            throw new Problem(Fault.INVALID_PARAMETER, name + " is not " + shape.pattern());
        }
        return value;
    }

    /** One line of 1 to {@code bytes} bytes, empty when it is not there. Refused: INVALID_PARAMETER. */
    public String line(String name, int bytes) {
        var raw = values.get(name);
        if (raw == null) {
            return "";
        }
        var length = raw.getBytes(StandardCharsets.UTF_8).length;
        if (raw.isBlank() || length > bytes || raw.codePoints().anyMatch(Character::isISOControl)) {
            throw new Problem(Fault.INVALID_PARAMETER, name + " is not one line of 1 to " + bytes + " bytes");
        }
        return raw;
    }

    /** An RFC 3339 time, {@code absent} when it is not there. Refused: INVALID_PARAMETER. */
    public Instant instant(String name, Instant absent) {
        var raw = values.get(name);
        return raw == null ? absent : time(name, raw);
    }

    /** A sequence number or a time; empty when it is not there. Refused: INVALID_PARAMETER. */
    public Optional<Moment> moment(String name) {
        return Optional.ofNullable(values.get(name))
                .map(raw -> NUMBER.matcher(raw).matches()
                        ? new Moment.Numbered(Long.parseLong(raw))
                        : new Moment.Timed(time(name, raw)));
    }

    /** Refused: INVALID_PARAMETER where both are there. */
    public Parameters notBoth(String one, String other) {
        if (values.containsKey(one) && values.containsKey(other)) {
            throw new Problem(Fault.INVALID_PARAMETER, one + " beside " + other);
        }
        return this;
    }

    /** A moment of a conversation, as a caller names it. */
    public sealed interface Moment {
        /** When it was at that number. */
        record Numbered(long seq) implements Moment {}

        /** After the last entry that is not later. */
        record Timed(Instant at) implements Moment {}
    }

    /** The names and values of those that are there, but for {@code some}, in one string; different ones for different ones. */
    public String without(Set<String> some) {
        return values.keySet().stream()
                .filter(name -> !some.contains(name))
                .sorted()
                .map(name -> name.length() + ":" + name + value(name).length() + ":" + value(name))
                .collect(joining());
    }

    private String value(String name) {
        return requireNonNull(values.get(name));
    }

    private static Instant time(String name, String raw) {
        try {
            if (RFC3339.matcher(raw).matches()) {
                return OffsetDateTime.parse(raw).toInstant();
            }
            throw new Problem(Fault.INVALID_PARAMETER, name + " is no RFC 3339 time");
        } catch (DateTimeParseException e) {
            throw new Problem(Fault.INVALID_PARAMETER, name + " is no RFC 3339 time");
        }
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
