package switchboard.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.pattern.StatusReply;
import switchboard.http.Gate.Caller;
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

    /**
     * What became of a check.
     *
     * @param head the last entry's hash, 64 hex digits
     * @param firstBad the first number that is not as it was written; 0 when all are
     * @param why in our own words; empty when valid
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public record Verdict(
            @JsonInclude(JsonInclude.Include.ALWAYS) long entries,
            String head,
            @JsonInclude(JsonInclude.Include.ALWAYS) boolean valid,
            long firstBad,
            String why) {}

    /** Checks a log without asking its actor; empty when there is none. */
    public interface Verifier {
        CompletionStage<Optional<Verdict>> verify(String tenant, String conversation);
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
        return onSuccess(
                verifier.verify(caller.principal().tenant(), id).thenApply(AuditRoutes::answer),
                answer -> complete(answer));
    }

    private static HttpResponse answer(Optional<Verdict> verdict) {
        return Answers.json(
                StatusCodes.OK, verdict.orElseThrow(() -> new StatusReply.ErrorMessage(Refusal.NOT_FOUND.name())));
    }
}
