package switchboard.http;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static switchboard.request.Headers.one;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import switchboard.request.Fault;
import switchboard.request.Problem;

/**
 * Which web pages may ask: those of exactly these origins, and our own. No wildcard, and no cookies: a credential is always
 * a header that the page sets itself.
 */
public final class Cors {

    /** Our own pages only. */
    public static final Cors NONE = new Cors(Set.of());

    private static final Pattern ORIGIN =
            Pattern.compile("https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\\[[0-9a-f:]+](:[0-9]{1,5})?");
    private static final List<HttpHeader> GRANTED = List.of(
            RawHeader.create("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE"),
            RawHeader.create(
                    "Access-Control-Allow-Headers",
                    "Authorization, Content-Type, Idempotency-Key, If-Match, Last-Event-ID"),
            RawHeader.create("Access-Control-Max-Age", "600"));
    private static final RawHeader EXPOSED = RawHeader.create(
            "Access-Control-Expose-Headers", "ETag, Location, Link, Retry-After, RateLimit, RateLimit-Policy");
    private static final RawHeader VARY = RawHeader.create("Vary", "Origin");

    private final Set<String> origins;

    /** Each {@code scheme://host} or {@code scheme://host:port} in lower case, as browsers send it; otherwise refused. */
    public Cors(Set<String> origins) {
        origins.stream().filter(it -> !ORIGIN.matcher(it).matches()).findFirst().ifPresent(it -> {
            throw new IllegalArgumentException("an origin is scheme://host or scheme://host:port, not: " + it);
        });
        this.origins = origins.stream().collect(toUnmodifiableSet());
    }

    /** Refused: ORIGIN_NOT_ALLOWED for pages of others. */
    void check(HttpRequest request) {
        var origin = origin(request);
        if (!origin.isEmpty() && !origins.contains(origin) && !isOurs(origin, request)) {
            throw new Problem(Fault.ORIGIN_NOT_ALLOWED);
        }
    }

    /** A browser's question, before it sends what a form could not. */
    static boolean isPreflight(HttpRequest request) {
        return request.method().equals(HttpMethods.OPTIONS)
                && !origin(request).isEmpty()
                && one(request, "Access-Control-Request-Method").isPresent();
    }

    /** The same for every path: whether there is something is told to the request itself. */
    static HttpResponse preflight() {
        return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT).addHeaders(GRANTED);
    }

    /** {@code answer} in such a way that pages of these origins can read it, refusals too. */
    HttpResponse readable(HttpRequest request, HttpResponse answer) {
        if (origins.isEmpty()) {
            return answer;
        }
        var origin = origin(request);
        var varied = answer.addHeader(VARY);
        return origins.contains(origin)
                ? varied.addHeader(RawHeader.create("Access-Control-Allow-Origin", origin))
                        .addHeader(EXPOSED)
                : varied;
    }

    /** Empty where there is none; several together are nobody's. */
    private static String origin(HttpRequest request) {
        return StreamSupport.stream(request.getHeaders().spliterator(), false)
                .filter(header -> header.lowercaseName().equals("origin"))
                .map(HttpHeader::value)
                .collect(joining(" "));
    }

    private static boolean isOurs(String origin, HttpRequest request) {
        return one(request, "Host")
                .filter(host -> origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host))
                .isPresent();
    }
}
