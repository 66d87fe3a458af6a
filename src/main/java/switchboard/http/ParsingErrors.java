package switchboard.http;

import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;
import switchboard.request.Fault;

/**
 * Answers what is too malformed to become a request. Named in Pekko's configuration by {@link Server}. Logs nothing: the
 * details repeat the request.
 */
public final class ParsingErrors extends ParsingErrorHandler {

    @Override
    public HttpResponse handle(StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
        return Problems.of(
                switch (status.intValue()) {
                    case 408 -> Fault.BODY_TOO_SLOW;
                    case 413 -> Fault.BODY_TOO_LARGE;
                    case 414 -> Fault.URI_TOO_LONG;
                    case 431 -> Fault.HEADERS_TOO_LARGE;
                    case 501 -> Fault.UNKNOWN_METHOD;
                    default -> Fault.BAD_REQUEST;
                });
    }
}
