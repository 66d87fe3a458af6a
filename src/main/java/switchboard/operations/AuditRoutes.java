package switchboard.operations;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;
import switchboard.agent.Agent;
import switchboard.audit.Reads;
import switchboard.audit.Reads.Recorded;
import switchboard.audit.Verdict;
import switchboard.conversation.Conversation;
import switchboard.http.Answers;
import switchboard.http.Conversations;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.http.Problems;
import switchboard.knowledge.Catalogue;
import switchboard.planning.RoutingPlan;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.security.Action;
import switchboard.serving.Choice;
import switchboard.wire.Refusal;

/**
 * What auditors ask.
 *
 * <pre>
 * GET /v1/audit/conversations/{id}/verify                  200 {"entries","head","valid"}, with "firstBad" and "why" when it is not
 * GET /v1/audit/agents/{id}/verify                         200 the same, of an agent's log
 * GET /v1/audit/routing/plan/verify                        200 the same, of the plan's
 * GET /v1/audit/knowledge/verify                           200 the same, of what is known
 * GET /v1/audit/bot/models/verify                          200 the same, of which model was chosen
 * GET /v1/audit/conversations/{id}/reads?before=&amp;limit=    200 {"reads":[…]}, the latest first; Link: rel="next"
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

    /** A read; {@code until} is left out where a stream went on. Of a damaged row only its id and time are shown. */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private record Line(
            String id,
            String at,
            String reader,
            String role,
            String what,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long after,

            long until,
            String purpose,
            boolean damaged) {}

    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final Pattern AGENT = Pattern.compile("[a-z0-9-]{1,40}");
    private static final int PAGE = 1_000;
    private static final int USUAL_PAGE = 100;

    private final Gate gate;
    private final Verifier verifier;
    private final Conversations conversations;
    private final Reads reads;

    public AuditRoutes(Gate gate, Verifier verifier, Conversations conversations, Reads reads) {
        this.gate = gate;
        this.verifier = verifier;
        this.conversations = conversations;
        this.reads = reads;
    }

    public Route routes() {
        return concat(
                gate.onConversation(
                        Action.VERIFY,
                        (caller, id, request) ->
                                verify(caller, request, Conversation.persistenceId(tenant(caller), id))),
                gate.onNamed(
                        Action.VERIFY_AGENT,
                        (caller, id, request) ->
                                verify(caller, request, Agent.persistenceId(tenant(caller), agent(id)))),
                gate.on(
                        Action.VERIFY_PLAN,
                        (caller, request) -> verify(caller, request, RoutingPlan.persistenceId(tenant(caller)))),
                gate.on(
                        Action.VERIFY_KNOWLEDGE,
                        (caller, request) -> verify(caller, request, Catalogue.persistenceId(tenant(caller)))),
                gate.on(
                        Action.VERIFY_MODELS,
                        (caller, request) -> verify(caller, request, Choice.persistenceId(tenant(caller)))),
                gate.onConversation(Action.LIST_READS, this::reads));
    }

    private Route reads(Caller caller, String id, HttpRequest request) {
        Negotiation.json(request);
        var parameters = Parameters.of(request, Set.of("before", "limit"));
        var before = parameters.matching("before", ID).map(UUID::fromString);
        var limit = (int) parameters.number("limit", 1, PAGE, USUAL_PAGE);
        return onSuccess(
                conversations
                        .<Conversation.View>ask(caller.principal(), id, Conversation.Look::new)
                        .thenCompose(_ -> Problems.stored(
                                reads.page(caller.principal().tenant(), id, before, limit), "reads of " + id))
                        .thenApply(found -> page(id, limit, found)),
                answer -> complete(answer));
    }

    private static HttpResponse page(String id, int limit, List<Recorded> found) {
        var lines = found.stream().map(AuditRoutes::line).toList();
        var answer = Answers.json(StatusCodes.OK, Map.of("reads", lines));
        if (found.size() < limit) {
            return answer;
        }
        var next = "/v1/audit/conversations/%s/reads?limit=%d&before=%s"
                .formatted(id, limit, found.getLast().id());
        return answer.addHeader(RawHeader.create("Link", "<" + next + ">; rel=\"next\""));
    }

    private static Line line(Recorded recorded) {
        var id = recorded.id().toString();
        return switch (recorded) {
            case Recorded.Genuine(Reads.Read read) ->
                new Line(
                        id,
                        Answers.at(read.at()),
                        read.reader(),
                        read.role(),
                        read.seen().what().word(),
                        read.seen().after(),
                        read.seen().until(),
                        read.purpose(),
                        false);
            case Recorded.Damaged damaged ->
                new Line(id, Answers.at(Reads.at(damaged.id())), "", "", "", null, 0, "", true);
        };
    }

    private Route verify(Caller caller, HttpRequest request, String log) {
        Negotiation.json(request);
        Parameters.none(request);
        return onSuccess(
                Problems.stored(verifier.verify(tenant(caller), log), "log " + log)
                        .thenApply(AuditRoutes::answer),
                answer -> complete(answer));
    }

    private static String agent(String id) {
        if (!AGENT.matcher(id).matches()) {
            throw new StatusReply.ErrorMessage(Refusal.NOT_FOUND.name());
        }
        return id;
    }

    private static String tenant(Caller caller) {
        return caller.principal().tenant();
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
