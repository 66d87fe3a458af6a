package switchboard.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;
import switchboard.request.Fault;

/**
 * Answers what is too malformed to become a request, and has it counted. Named in Pekko's configuration by {@link Server}.
 * Logs nothing: the details repeat the request.
 */
public final class ParsingErrors extends ParsingErrorHandler {

    /** Of all servers here: Pekko makes a handler by its name for each connection, and tells it nothing of its server. */
    private static final Set<Server.Observer> OBSERVERS = ConcurrentHashMap.newKeySet();

    static void tell(Server.Observer observer) {
        OBSERVERS.add(observer);
    }

    static void tellNoMore(Server.Observer observer) {
        OBSERVERS.remove(observer);
    }

    @Override
    public HttpResponse handle(StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
        var fault = switch (status.intValue()) {
            case 408 -> Fault.BODY_TOO_SLOW;
            case 413 -> Fault.BODY_TOO_LARGE;
            case 414 -> Fault.URI_TOO_LONG;
            case 431 -> Fault.HEADERS_TOO_LARGE;
            case 501 -> Fault.UNKNOWN_METHOD;
            default -> Fault.BAD_REQUEST;
        };
        OBSERVERS.forEach(observer -> observer.saw("", fault.code(), 0));
        return Problems.of(fault);
    }
}
