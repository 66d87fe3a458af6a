package switchboard.gateways;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.withoutRequestTimeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Outcomes;
import switchboard.conversation.Conversation.ReceiveAll;
import switchboard.http.Conversations;
import switchboard.http.Gate.Caller;
import switchboard.http.Problems;
import switchboard.http.Rates;
import switchboard.intake.Admission;
import switchboard.intake.Elements;
import switchboard.intake.Lanes;
import switchboard.intake.Line;
import switchboard.intake.Lines;
import switchboard.intake.Outcome;
import switchboard.intake.Windows;
import switchboard.log.TenantKeys;
import switchboard.request.Bodies;
import switchboard.request.Fault;
import switchboard.wire.Inbound;
import switchboard.wire.Refusal;

/**
 * Many events in one request. The body is read and handled a window at a time; the answers wait until it is read, because
 * clients that send all before they read would otherwise stand still, and so would we.
 */
public final class BulkRoutes {

    private static final ContentType NDJSON = ContentTypes.parse("application/x-ndjson");
    private static final long AT_ONCE = 256 * 1024;

    /** {@code deadline} for a whole body with all that it leads to, and then for the reading of the answers. */
    private final Duration deadline;

    private final ActorSystem<?> system;
    private final Bodies bodies;
    private final Windows windows;
    private final Function<String, TenantKeys> tenants;
    private final Rates rates;
    private final Admission admission;
    private final EventRoutes.Observer observer;

    /**
     * {@code admission} bounds how many such requests are under way, until their answers are read; {@code rates} are charged
     * for each line.
     */
    public BulkRoutes(
            ActorSystem<?> system,
            Bodies bodies,
            Lanes lanes,
            Function<String, TenantKeys> tenants,
            Rates rates,
            Admission admission,
            Duration deadline,
            EventRoutes.Observer observer) {
        this.system = system;
        this.bodies = bodies;
        this.windows = new Windows(lanes);
        this.tenants = tenants;
        this.rates = rates;
        this.admission = admission;
        this.deadline = deadline;
        this.observer = observer;
    }

    /** Lanes that lead to {@code conversations}. */
    public static Lanes lanes(Conversations conversations) {
        return new Lanes((entity, events) -> conversations
                .<Outcomes>askEntity(entity, replyTo -> new ReceiveAll(events, replyTo))
                .handle((outcomes, failure) -> failure == null ? outcomes(outcomes) : all(events, why(failure))));
    }

    /** {@code application/x-ndjson}. */
    Route lines(Caller caller, HttpRequest request) {
        return within(place -> answered(
                caller,
                place,
                bodies.stream(request, Lines.MOST_BYTES, deadline).via(new Lines())));
    }

    /** {@code application/cloudevents-batch+json}: read as a whole before anything of it is stored. */
    Route batch(Caller caller, HttpRequest request) {
        return within(place -> bodies.read(request, Elements.MOST_BYTES, Fault.BODY_TOO_LARGE)
                .thenCompose(body -> answered(caller, place, Source.from(Elements.of(body)))));
    }

    private Route within(Function<Admission.Place, CompletionStage<HttpResponse>> work) {
        return withoutRequestTimeout(() -> onSuccess(admission.lent(work), answer -> complete(answer)));
    }

    private CompletionStage<HttpResponse> answered(Caller caller, Admission.Place place, Source<Line, ?> lines) {
        var answers = new BulkAnswers(code -> observer.saw(EventRoutes.Way.BULK, code));
        return windows.answers(lines, of(caller), deadline)
                .map(answers::lines)
                .runWith(Sink.seq(), system)
                .thenApply(parts -> response(parts, answers.brokeOff(), place));
    }

    private Windows.Caller of(Caller caller) {
        var principal = caller.principal();
        var keys = tenants.apply(principal.tenant());
        return new Windows.Caller(
                principal::speaksFor,
                thread -> {
                    var conversation = keys.conversation(thread);
                    return new Windows.Entity(conversation, Conversation.entityId(principal.tenant(), conversation));
                },
                lines -> rates.pay(principal, lines));
    }

    /** The place is kept while answers wait to be read, unless they are few. */
    private HttpResponse response(List<ByteString> parts, boolean brokeOff, Admission.Place place) {
        var size = parts.stream().mapToLong(ByteString::size).sum();
        if (brokeOff) {
            place.close();
            return Problems.of(Fault.BAD_REQUEST);
        }
        if (size <= AT_ONCE) {
            place.close();
            var whole = parts.stream().reduce(ByteString.emptyByteString(), ByteString::concat);
            return HttpResponse.create().withEntity(HttpEntities.create(NDJSON, whole));
        }
        // Should the connection have ended already, nobody ever asks for these answers.
        var last = system.scheduler().scheduleOnce(deadline, place::close, system.executionContext());
        var read = Source.from(parts).completionTimeout(deadline).watchTermination((started, end) -> {
            end.whenComplete((_, _) -> {
                last.cancel();
                place.close();
            });
            return started;
        });
        return HttpResponse.create().withEntity(HttpEntities.create(NDJSON, size, read));
    }

    private static List<Outcome> outcomes(Outcomes outcomes) {
        return outcomes.outcomes().stream()
                .<Outcome>map(it -> it.refusal().isEmpty()
                        ? new Outcome.Stored(it.seq())
                        : new Outcome.Refused(Refusal.valueOf(it.refusal())))
                .toList();
    }

    private static List<Outcome> all(List<Inbound> events, Refusal why) {
        return events.stream().<Outcome>map(_ -> new Outcome.Refused(why)).toList();
    }

    /** What is neither a refusal nor lateness is a bug: the lane says so. */
    private static Refusal why(Throwable failure) {
        var cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return switch (cause) {
            case StatusReply.ErrorMessage refused -> Refusal.of(refused);
            case TimeoutException _ -> Refusal.UNAVAILABLE;
            default -> throw new CompletionException(cause);
        };
    }
}
