package switchboard.routes;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.pattern.StatusReply;
import switchboard.audit.Verdict;
import switchboard.conversation.Conversation;
import switchboard.http.Answers;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.http.Problems;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.security.Action;
import switchboard.wire.Refusal;

/**
 * What auditors ask.
 *
 * <pre>
 * GET /v1/audit/conversations/{id}/verify   200 {"entries","head","valid"}, with "firstBad" and "why" when it is not
 * </pre>
 */
public final class AuditRoutes {

    /** The answer; {@code firstBad} and {@code why} only where something is wrong. */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private record Body(
            @JsonInclude(JsonInclude.Include.ALWAYS) long entries,
            String head,
            @JsonInclude(JsonInclude.Include.ALWAYS) boolean valid,
            long firstBad,
            String why) {}

    /** Checks the log {@code persistenceId} of {@code tenant} without asking its actor. */
    public interface Verifier {
        CompletionStage<Verdict> verify(String tenant, String persistenceId);
    }

    private final Gate gate;
    private final Verifier verifier;

    public AuditRoutes(Gate gate, Verifier verifier) {
        this.gate = gate;
        this.verifier = verifier;
    }

    public Route routes() {
        return gate.onConversation(Action.VERIFY, this::verify);
    }

    private Route verify(Caller caller, String id, HttpRequest request) {
        Negotiation.json(request);
        Parameters.none(request);
        var tenant = caller.principal().tenant();
        return onSuccess(
                Problems.stored(verifier.verify(tenant, Conversation.persistenceId(tenant, id)), "log of " + id)
                        .thenApply(AuditRoutes::answer),
                answer -> complete(answer));
    }

    private static HttpResponse answer(Verdict verdict) {
        var head = verdict.head().hash().toString();
        return Answers.json(
                StatusCodes.OK,
                switch (verdict) {
                    case Verdict.Valid v
                    when v.entries() == 0 -> throw new StatusReply.ErrorMessage(Refusal.NOT_FOUND.name());
                    case Verdict.Valid v -> new Body(v.entries(), head, true, 0, "");
                    case Verdict.Tampered v ->
                        new Body(
                                v.entries(),
                                head,
                                false,
                                v.fault().number(),
                                v.fault().reason().code());
                });
    }
}
