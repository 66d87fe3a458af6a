package switchboard.desk;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.pattern.StatusReply;
import switchboard.http.Answers;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.http.Problems;
import switchboard.plan.Plan;
import switchboard.plan.PlanFault;
import switchboard.plan.PlanReader;
import switchboard.plan.PlanReader.Reading;
import switchboard.planning.RoutingPlan.Version;
import switchboard.planning.Versions;
import switchboard.request.Bodies;
import switchboard.request.Fault;
import switchboard.request.Headers;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.request.Problem;
import switchboard.request.Problem.Flaw;
import switchboard.security.Action;
import switchboard.wire.Refusal;

/**
 * The routing plan, whole. {@code If-Match} names a version.
 *
 * <pre>
 * GET /v1/routing/plan?version=   200 {"version","adoptedAt","adoptedBy","plan":{…}}, ETag
 * PUT /v1/routing/plan            {"defaultQueue","channels","otherChannels","priorities","queues":[…]}   200 the same
 * </pre>
 */
public final class PlanRoutes {

    /** Of the built-in one there is neither time nor person. */
    private record Shown(
            long version,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String adoptedAt,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String adoptedBy,
            @JsonRawValue String plan) {}

    private static final long MOST = 1_000_000_000;

    private final Gate gate;
    private final Bodies bodies;
    private final Versions versions;

    public PlanRoutes(Gate gate, Bodies bodies, Versions versions) {
        this.gate = gate;
        this.bodies = bodies;
        this.versions = versions;
    }

    public Route routes() {
        return concat(
                gate.on(Action.READ_PLAN, (caller, request) -> answered(read(caller, request))),
                gate.on(Action.PUT_PLAN, (caller, request) -> answered(put(caller, request))));
    }

    private static Route answered(CompletionStage<Version> version) {
        return onSuccess(version, it -> complete(answer(it)));
    }

    private CompletionStage<Version> read(Caller caller, HttpRequest request) {
        Negotiation.json(request);
        var asked = Parameters.of(request, Set.of("version")).number("version", 0, MOST, -1);
        var tenant = caller.principal().tenant();
        return asked < 0
                ? versions.current(tenant)
                : Problems.stored(versions.find(tenant, asked), "version of a plan")
                        .thenApply(found ->
                                found.orElseThrow(() -> new StatusReply.ErrorMessage(Refusal.NOT_FOUND.name())));
    }

    private CompletionStage<Version> put(Caller caller, HttpRequest request) {
        Negotiation.json(request);
        Parameters.none(request);
        var expected = Headers.expected(request);
        var who = caller.principal();
        return bodies.read(request, Fault.BODY_TOO_LARGE)
                .thenCompose(body -> versions.adopt(who.tenant(), who.id(), expected, plan(request, body)));
    }

    private static Plan plan(HttpRequest request, byte[] body) {
        if (!Bodies.mediaType(request).equals("application/json")) {
            throw new Problem(Fault.UNSUPPORTED_MEDIA_TYPE, "only application/json");
        }
        return switch (PlanReader.read(body)) {
            case Reading.Sound it -> it.plan();
            case Reading.Faulty it -> throw refused(it.faults());
        };
    }

    /** What is no plan at all is refused as any body is. */
    private static Problem refused(List<PlanFault> faults) {
        var fault = switch (faults.getFirst().code()) {
            case TOO_LARGE -> Fault.BODY_TOO_LARGE;
            case INVALID_UTF8 -> Fault.INVALID_UTF8;
            case BROKEN_JSON -> Fault.BROKEN_JSON;
            case TOO_DEEP -> Fault.TOO_DEEP;
            case DUPLICATE_FIELD -> Fault.DUPLICATE_FIELD;
            case UNKNOWN_FIELD,
                    MISSING_FIELD,
                    WRONG_TYPE,
                    INVALID_VALUE,
                    OUT_OF_BOUNDS,
                    DUPLICATE,
                    UNKNOWN_QUEUE,
                    OVERFLOW_LOOP,
                    STEP_WITHOUT_END,
                    END_WITHOUT_OVERFLOW,
                    STEP_TIGHTENS -> Fault.PLAN_INVALID;
        };
        var flaws = faults.stream()
                .map(it -> new Flaw(it.pointer(), it.detail(), it.code().code()))
                .toList();
        return new Problem(fault, fault.title(), flaws);
    }

    private static HttpResponse answer(Version it) {
        var at = it.number() == 0 ? "" : Answers.at(it.adoptedAt());
        return Answers.json(StatusCodes.OK, new Shown(it.number(), at, it.by(), it.plan()))
                .addHeader(RawHeader.create("ETag", "\"" + it.number() + "\""))
                .addHeader(RawHeader.create("Cache-Control", "private, no-cache"));
    }
}
