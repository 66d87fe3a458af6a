package switchboard.http;

import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.joining;
import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.extractMaterializer;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.ExceptionHandler;
import org.apache.pekko.http.javadsl.server.MethodRejection;
import org.apache.pekko.http.javadsl.server.Rejection;
import org.apache.pekko.http.javadsl.server.RejectionHandler;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.apache.pekko.pattern.StatusReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.request.Fault;
import switchboard.request.Problem;
import switchboard.request.Problem.Flaw;
import switchboard.wire.Refusal;

/** The one place where a failure becomes an HTTP status. Bodies are RFC 9457 problems. */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final ContentType.NonBinary PROBLEM_JSON =
            ContentTypes.create(MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8));
    private static final RawHeader SOON = RawHeader.create("Retry-After", "1");
    private static final RawHeader CHALLENGE = RawHeader.create("WWW-Authenticate", "Bearer realm=\"switchboard\"");

    /** As the contract has it; {@code errors} only where something in the body is wrong. */
    public record Body(String type, String title, int status, String detail, String code, List<Flaw> errors) {
        Body(String title, int status, String detail, String code, List<Flaw> errors) {
            this("urn:switchboard:problem:" + code, title, status, detail, code, errors);
        }

        /** The same, naming those. */
        public Body with(List<Flaw> named) {
            return new Body(type, title, status, detail, code, named);
        }
    }

    /** {@code route} with every failure answered as a problem. */
    public static Route sealed(Route route) {
        return route.seal(rejections(), exceptions());
    }

    public static HttpResponse of(Fault fault) {
        return of(new Problem(fault));
    }

    public static HttpResponse of(Problem problem) {
        return response(body(problem));
    }

    public static HttpResponse of(Refusal why) {
        return response(body(why));
    }

    /** With the fields of the IETF's draft-ietf-httpapi-ratelimit-headers: what is allowed, and when some of it is again. */
    public static HttpResponse of(Rates.Exceeded over) {
        var seconds = over.retryAfter().toSeconds() + 1;
        return of(Fault.RATE_LIMITED)
                .addHeader(RawHeader.create("Retry-After", String.valueOf(seconds)))
                .addHeader(RawHeader.create("RateLimit-Policy", "\"default\";q=%d;w=1".formatted(over.rate())))
                .addHeader(RawHeader.create("RateLimit", "\"default\";r=0;t=%d".formatted(seconds)));
    }

    /** As it stands in a response of its own, and beside a line's answer. */
    public static Body body(Problem problem) {
        var fault = problem.fault();
        return new Body(
                fault.title(),
                fault.status(),
                requireNonNullElse(problem.getMessage(), fault.title()),
                fault.code(),
                problem.flaws());
    }

    /** Likewise. */
    public static Body body(Refusal why) {
        return switch (why) {
            case NOT_FOUND -> body(why, 404, "There is no such conversation, agent, article or version");
            case UNKNOWN_CONVERSATION -> body(why, 422, "No message has opened this conversation");
            case UNKNOWN_MESSAGE -> body(why, 422, "This conversation never sent that message");
            case KEY_REUSED -> body(why, 422, "The same identity came before with other content");
            case NO_SUCH_AGENT -> body(why, 409, "Nobody of that name is an agent here");
            case OWNED -> body(why, 409, "Another agent has it");
            case NOT_OWNER -> body(why, 409, "Only the agent who has it may do this");
            case WRONG_STATUS -> body(why, 409, "Not in its present status");
            case RESOLVED -> body(why, 409, "It is resolved");
            case SUPERVISOR_ONLY -> body(why, 403, "Skills, queues and capacity are not the agent's own to set");
            case AGENT_NOT_AVAILABLE -> body(why, 409, "The agent does not say that she is available");
            case AGENT_DISCONNECTED -> body(why, 409, "No stream of the agent's is up");
            case AGENT_NOT_RESPONDING -> body(why, 409, "The agent let too many offers pass");
            case AGENT_FULL -> body(why, 409, "The agent has not so many units free");
            case RESERVATION_OVER -> body(why, 409, "The reservation has ended");
            case TIMED_OUT -> body(why, 409, "The offer's time is over");
            case RESCINDED -> body(why, 409, "The offer was withdrawn");
            case TAKEN -> body(why, 409, "Another agent has it, or is offered it");
            case VOID -> body(why, 409, "It does not wait for an agent, or has moved on");
            case PRECONDITION_FAILED -> body(why, 412, "It is at another number than If-Match says");
            case KNOWLEDGE_FULL -> body(why, 409, "There are as many articles as a tenant may have");
            case NO_SUCH_MODEL -> body(why, 409, "There is no such model here that can be read");
            case BOT_OFF -> body(why, 409, "No bot answers here");
            case UNAVAILABLE -> body(why, 503, "The outcome is unknown: repeat it as it is");
        };
    }

    /** What was read from storage; its failure is an outage: 503, logged here once. {@code what} names it without contents. */
    public static <T> CompletionStage<T> stored(CompletionStage<T> reading, String what) {
        return reading.handle((read, failure) -> {
            if (failure != null) {
                LOG.warn("{} cannot be read", what, failure);
                throw new StatusReply.ErrorMessage(Refusal.UNAVAILABLE.name());
            }
            return read;
        });
    }

    private static Body body(Refusal why, int status, String title) {
        return new Body(title, status, title, why.code(), List.of());
    }

    private static HttpResponse response(Body body) {
        try {
            var answer = HttpResponse.create()
                    .withStatus(StatusCodes.get(body.status()))
                    .addAttribute(Seen.CODE, body.code())
                    .withEntity(PROBLEM_JSON, JSON.writeValueAsBytes(body));
            return switch (body.status()) {
                case 401 -> answer.addHeader(CHALLENGE);
                case 503 -> answer.addHeader(SOON);
                default -> answer;
            };
        } catch (JsonProcessingException e) {
            throw new AssertionError("a problem is plain text", e);
        }
    }

    private static ExceptionHandler exceptions() {
        return ExceptionHandler.newBuilder()
                .match(Problem.class, e -> refuse(of(e)))
                .match(Rates.Exceeded.class, e -> refuse(of(e)))
                .match(StatusReply.ErrorMessage.class, Problems::refused)
                .match(TimeoutException.class, _ -> refuse(of(Refusal.UNAVAILABLE)))
                .match(IllegalUriException.class, _ -> refuse(of(Fault.BAD_REQUEST)))
                .matchAny(Problems::broken)
                .build();
    }

    /** An actor's words that are no refusal are a bug, and may repeat what a customer wrote. */
    private static Route refused(StatusReply.ErrorMessage error) {
        return Arrays.stream(Refusal.values())
                .filter(why -> why.name().equals(error.getMessage()))
                .findFirst()
                .map(why -> refuse(of(why)))
                .orElseGet(() -> broken(new IllegalStateException("an actor failed a request without a refusal")));
    }

    private static Route broken(Throwable cause) {
        return extractRequest(request -> {
            LOG.error("{} {} failed", request.method().value(), request.getUri().getPathString(), cause);
            return refuse(of(Fault.INTERNAL));
        });
    }

    private static RejectionHandler rejections() {
        return RejectionHandler.newBuilder()
                .handleAll(MethodRejection.class, Problems::otherMethods)
                .handle(Rejection.class, _ -> refuse(of(Fault.BAD_REQUEST)))
                .handleNotFound(refuse(of(Fault.NO_SUCH_ROUTE)))
                .build();
    }

    /** OPTIONS is answered with what there is, all else with what there is instead. */
    private static Route otherMethods(List<MethodRejection> rejections) {
        var names = new TreeSet<>(List.of("OPTIONS"));
        rejections.forEach(r -> names.add(r.supported().value()));
        if (names.contains("GET")) {
            names.add("HEAD");
        }
        var allow = RawHeader.create("Allow", names.stream().collect(joining(", ")));
        return extractRequest(request -> refuse(answerTo(request).addHeader(allow)));
    }

    private static HttpResponse answerTo(HttpRequest request) {
        return request.method().equals(HttpMethods.OPTIONS)
                ? HttpResponse.create().withStatus(StatusCodes.NO_CONTENT)
                : of(Fault.METHOD_NOT_ALLOWED);
    }

    /** A body that nobody will read is let through unread, so that the connection can go on. */
    private static Route refuse(HttpResponse answer) {
        return extractMaterializer(materializer -> extractRequest(request -> {
            request.discardEntityBytes(materializer);
            return complete(answer);
        }));
    }

    private Problems() {}
}
