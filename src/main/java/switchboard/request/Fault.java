package switchboard.request;

import java.util.Locale;

/** What the edge refuses by itself, before any actor is asked. What actors refuse is {@link switchboard.wire.Refusal}. */
public enum Fault {
    AT_IN_FUTURE(400, "That moment has not come"),
    BAD_REQUEST(400, "Not an HTTP request that is understood"),
    BROKEN_FRONT_MATTER(400, "No front matter of YAML between two lines of ---"),
    BROKEN_GZIP(400, "The body is not gzip"),
    BROKEN_JSON(400, "The body is not JSON"),
    CONTROL_CHARACTER(400, "A control character where none may be"),
    DUPLICATE_FIELD(400, "A field stands there twice"),
    EMPTY_MESSAGE(400, "Neither text nor attachments"),
    IDEMPOTENCY_KEY_INVALID(400, "The Idempotency-Key is not 1 to 255 visible ASCII characters"),
    IDEMPOTENCY_KEY_MISSING(400, "An Idempotency-Key is required"),
    IF_MATCH_INVALID(400, "If-Match is neither * nor one quoted number"),
    INVALID_CURSOR(400, "Not a cursor of ours for this question"),
    INVALID_PARAMETER(400, "A query parameter has no such value"),
    INVALID_UTF8(400, "The text is not Unicode"),
    INVALID_VALUE(400, "A field has no such value"),
    MISSING_FIELD(400, "A required field is missing"),
    NO_WARM_TRANSFER(400, "Only cold transfers are done"),
    PLAN_INVALID(400, "The plan does not hold together"),
    SOURCE_NOT_A_CHANNEL(400, "The source's first segment is no channel"),
    TOO_DEEP(400, "The JSON is nested too deeply"),
    UNKNOWN_FIELD(400, "There is no such field"),
    UNKNOWN_PARAMETER(400, "There is no such query parameter"),
    UNKNOWN_TYPE(400, "There is no such type of event"),
    UNSUPPORTED_SPECVERSION(400, "Only CloudEvents 1.0 is spoken"),
    WRONG_TYPE(400, "A field has another JSON type"),
    CREDENTIALS_MISSING(401, "Credentials are required"),
    CREDENTIALS_WRONG(401, "Nobody has these credentials"),
    KEY_REVOKED(401, "The key was revoked"),
    TICKET_EXPIRED(401, "The ticket's minute is over"),
    TICKET_USED(401, "The ticket was used"),
    TICKET_WRONG(401, "Nobody was given this ticket"),
    TOKEN_EXPIRED(401, "The token's time is over"),
    CHANNEL_NOT_ALLOWED(403, "The key is for other channels"),
    NOT_OWNER(403, "Another agent has it, or none"),
    ORIGIN_NOT_ALLOWED(403, "Web pages of that origin may not ask"),
    ROLE_NOT_ALLOWED(403, "Not in this role"),
    TICKET_WRONG_PATH(403, "The ticket is for another address"),
    NO_DECISION(404, "Nothing was decided at that number"),
    NO_SUCH_KEY(404, "There is no such key"),
    NO_SUCH_ROUTE(404, "There is nothing at this path"),
    METHOD_NOT_ALLOWED(405, "Not with this method"),
    NOT_ACCEPTABLE(406, "Not in a media type that is accepted"),
    BODY_TOO_SLOW(408, "The body took too long"),
    TOO_MANY_KEYS(409, "The client has two keys, or all have too many"),
    BEYOND_HEAD(409, "The conversation has not come to that number"),
    BODY_TOO_LARGE(413, "The body is over the limit"),
    EVENT_TOO_LARGE(413, "The event is over the limit"),
    TEXT_TOO_LONG(413, "The text is over the limit"),
    TOO_MANY_EVENTS(413, "More events than one request may bring"),
    URI_TOO_LONG(414, "The request's target is over the limit"),
    UNSUPPORTED_ENCODING(415, "Only gzip or no encoding"),
    UNSUPPORTED_MEDIA_TYPE(415, "Not with this content type"),
    HOST_NOT_LOCAL(421, "Only for this machine"),
    TOO_MANY_STREAMS(429, "This credential has as many open streams as it may"),
    HEADERS_TOO_LARGE(431, "The headers are over the limit"),
    RATE_LIMITED(429, "More than the rate allows"),
    INTERNAL(500, "Something is broken here"),
    UNKNOWN_METHOD(501, "There is no such method"),
    AFTER_FAILED(503, "Not tried, because an earlier event of its thread failed"),
    OVERLOADED(503, "More at once than is taken on"),
    STREAMS_FULL(503, "As many streams are open as there may be"),
    NOT_READY(503, "Starting, or without a part that is needed");

    private final int status;
    private final String title;

    Fault(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** HTTP's, 400 to 503. */
    public int status() {
        return status;
    }

    /** One line for people, the same for each; repeats nothing of the request. */
    public String title() {
        return title;
    }

    /** The problem's {@code code}, as the contract has it: the name in lower case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
