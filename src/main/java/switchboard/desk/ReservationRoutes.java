package switchboard.desk;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.pattern.StatusReply;
import switchboard.conversation.Conversation.Place;
import switchboard.conversation.Reservation;
import switchboard.http.Answers;
import switchboard.http.Conversations;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.request.Bodies;
import switchboard.security.Action;
import switchboard.wire.Refusal;

/**
 * An agent's word on what she is offered. The reservation is the identity: the same word again is answered as the first was,
 * so no {@code Idempotency-Key} is asked for.
 *
 * <pre>
 * POST /v1/reservations/{id}/accept   {}   200 {"conversation","seq"}
 * POST /v1/reservations/{id}/reject   {}   200 {"conversation","seq"}
 * </pre>
 */
public final class ReservationRoutes {

    private static final Pattern ID = Pattern.compile("(c[a-z2-7]{26})\\.([1-9][0-9]{0,8})");

    private final Gate gate;
    private final Bodies bodies;
    private final Conversations conversations;

    public ReservationRoutes(Gate gate, Bodies bodies, Conversations conversations) {
        this.gate = gate;
        this.bodies = bodies;
        this.conversations = conversations;
    }

    public Route routes() {
        return concat(
                gate.onNamed(Action.ACCEPT, (caller, id, request) -> said(caller, id, request, true)),
                gate.onNamed(Action.REJECT, (caller, id, request) -> said(caller, id, request, false)));
    }

    private Route said(Caller caller, String id, HttpRequest request, boolean accepts) {
        return onSuccess(word(caller, id, request, accepts), answer -> complete(answer));
    }

    /** An id that can be none's is as unknown as any. */
    private CompletionStage<HttpResponse> word(Caller caller, String id, HttpRequest request, boolean accepts) {
        var parts = ID.matcher(id);
        if (!parts.matches()) {
            throw new StatusReply.ErrorMessage(Refusal.NOT_FOUND.name());
        }
        var conversation = parts.group(1);
        var epoch = Integer.parseInt(parts.group(2));
        var agent = caller.principal().id();
        return bodies.fields(request).thenCompose(body -> {
            body.whole();
            return conversations
                    .<Place>ask(
                            caller.principal(),
                            conversation,
                            replyTo -> new Reservation.Word(epoch, agent, accepts, replyTo))
                    .thenApply(place -> Answers.done(conversation, place.seq()));
        });
    }
}
