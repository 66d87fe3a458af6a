package switchboard.gateways;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import switchboard.conversation.Conversation.Place;
import switchboard.conversation.Conversation.Receive;
import switchboard.http.Answers;
import switchboard.http.Conversations;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.intake.Admission;
import switchboard.log.TenantKeys;
import switchboard.request.Bodies;
import switchboard.request.CloudEvents;
import switchboard.request.Fault;
import switchboard.request.Problem;
import switchboard.security.Action;
import switchboard.wire.Inbound;

/**
 * What gateways post.
 *
 * <pre>
 * POST /v1/events   one CloudEvent   201 {"conversation","seq","id"}; again: the same answer
 *                   a batch, NDJSON  200 with one answer a line, in order: {@link BulkRoutes}
 * </pre>
 */
public final class EventRoutes {

    /** How an event came. */
    public enum Way {
        SINGLE,
        BULK
    }

    /**
     * Of each event, by which way: empty when it was taken (or had been before), else the refusal's code. A single one that is
     * refused is an answer, which the server's observer sees.
     */
    public interface Observer {
        void saw(Way way, String code);
    }

    private final Gate gate;
    private final Bodies bodies;
    private final Conversations conversations;
    private final Function<String, TenantKeys> tenants;
    private final Admission admission;
    private final BulkRoutes bulk;
    private final Observer observer;

    /**
     * {@code tenants} knows each tenant's keys without waiting; {@code admission} bounds the single events that are handled
     * at once.
     */
    public EventRoutes(
            Gate gate,
            Bodies bodies,
            Conversations conversations,
            Function<String, TenantKeys> tenants,
            Admission admission,
            BulkRoutes bulk,
            Observer observer) {
        this.gate = gate;
        this.bodies = bodies;
        this.conversations = conversations;
        this.tenants = tenants;
        this.admission = admission;
        this.bulk = bulk;
        this.observer = observer;
    }

    public Route routes() {
        return gate.on(Action.POST_EVENT, this::post);
    }

    private Route post(Caller caller, HttpRequest request) {
        return switch (Bodies.mediaType(request)) {
            case "application/x-ndjson" -> bulk.lines(caller, request);
            case "application/cloudevents-batch+json" -> bulk.batch(caller, request);
            default -> one(caller, request);
        };
    }

    private Route one(Caller caller, HttpRequest request) {
        return onSuccess(
                admission.during(() -> bodies.read(request, Fault.EVENT_TOO_LARGE)
                        .thenApply(body -> CloudEvents.read(request, body))
                        .thenCompose(event -> receive(caller, event))),
                answer -> complete(answer));
    }

    private CompletionStage<HttpResponse> receive(Caller caller, Inbound event) {
        if (!caller.principal().speaksFor(event.thread().channel())) {
            throw new Problem(Fault.CHANNEL_NOT_ALLOWED);
        }
        var conversation = tenants.apply(caller.principal().tenant()).conversation(event.thread());
        return conversations
                .<Place>ask(caller.principal(), conversation, replyTo -> new Receive(event, replyTo))
                .thenApply(place -> {
                    observer.saw(Way.SINGLE, "");
                    return Answers.created(conversation, place.seq(), event.id().text());
                });
    }
}
