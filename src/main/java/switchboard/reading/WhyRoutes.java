package switchboard.reading;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;
import switchboard.conversation.Conversation.View;
import switchboard.history.Reasons;
import switchboard.history.Reasons.Decision;
import switchboard.http.Answers;
import switchboard.http.Conversations;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.http.Problems;
import switchboard.request.Fault;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.request.Problem;
import switchboard.security.Action;

/**
 * Why it is as it is: a decision with its reasons, without anything that a customer said or is.
 *
 * <pre>
 * GET /v1/conversations/{id}/why?seq=   200 {"conversation","seq","type","at","episode","data"}   404 no_decision
 * </pre>
 *
 * <p>Without {@code seq}: the latest that explains who has it, is offered it, or where it waits.
 */
public final class WhyRoutes {

    private final Gate gate;
    private final Conversations conversations;
    private final Reasons reasons;

    public WhyRoutes(Gate gate, Conversations conversations, Reasons reasons) {
        this.gate = gate;
        this.conversations = conversations;
        this.reasons = reasons;
    }

    public Route routes() {
        return gate.onConversation(Action.EXPLAIN, this::why);
    }

    private Route why(Caller caller, String id, HttpRequest request) {
        Negotiation.json(request);
        var seq = Parameters.of(request, Set.of("seq")).number("seq", 1, HistoryRoutes.ENDLESS, 0);
        return onSuccess(
                ConversationRoutes.look(conversations, caller, id)
                        .thenCompose(view -> found(caller, view, seq))
                        .thenApply(decision -> answer(id, decision)),
                answer -> complete(answer));
    }

    private CompletionStage<Optional<Decision>> found(Caller caller, View view, long seq) {
        var tenant = caller.principal().tenant();
        var found = seq > 0 ? reasons.at(tenant, view.id(), seq) : reasons.present(tenant, view.id(), view.seq());
        return Problems.stored(found, "history of " + view.id());
    }

    private static HttpResponse answer(String id, Optional<Decision> decision) {
        return Answers.json(
                        StatusCodes.OK,
                        decision.map(it -> body(id, it)).orElseThrow(() -> new Problem(Fault.NO_DECISION)))
                .addHeader(RawHeader.create("Cache-Control", "private, no-cache"));
    }

    private static ObjectNode body(String id, Decision decision) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("conversation", id)
                .put("seq", decision.seq())
                .put("type", decision.type())
                .put("at", Answers.at(decision.at()))
                .put("episode", decision.episode())
                .set("data", decision.data());
    }
}
