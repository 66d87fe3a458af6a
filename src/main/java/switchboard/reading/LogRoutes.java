package switchboard.reading;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.knowledge.Catalogue;
import switchboard.planning.RoutingPlan;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.security.Action;
import switchboard.serving.Choice;

/**
 * The logs of what a tenant has one of, as they are stored: exact bytes, one entry a line. Nothing in them is sealed, and who was asked
 * about is in none.
 *
 * <pre>
 * GET /v1/audit/{routing/plan,knowledge,bot/models}/log?after=&amp;until=&amp;limit=   application/vnd.switchboard.log
 * </pre>
 */
public final class LogRoutes {

    private final ClassicActorSystemProvider system;
    private final Gate gate;
    private final HistoryRoutes.Log log;

    public LogRoutes(ClassicActorSystemProvider system, Gate gate, HistoryRoutes.Log log) {
        this.system = system;
        this.gate = gate;
        this.log = log;
    }

    public Route routes() {
        return concat(
                stored(Action.READ_PLAN_LOG, RoutingPlan::persistenceId),
                stored(Action.READ_KNOWLEDGE_LOG, Catalogue::persistenceId),
                stored(Action.READ_MODELS_LOG, Choice::persistenceId));
    }

    private Route stored(Action action, UnaryOperator<String> persistenceId) {
        return gate.on(action, (caller, request) -> stored(caller, request, persistenceId));
    }

    private Route stored(Caller caller, HttpRequest request, UnaryOperator<String> persistenceId) {
        Negotiation.choose(request, List.of(HistoryRoutes.STORED));
        var parameters = Parameters.of(request, Set.of("after", "until", "limit"));
        var after = parameters.number("after", 0, HistoryRoutes.ENDLESS, 0);
        var until = parameters.number("until", 1, HistoryRoutes.ENDLESS, HistoryRoutes.ENDLESS);
        var limit = parameters.number("limit", 1, HistoryRoutes.PAGE, HistoryRoutes.ENDLESS);
        var pid = persistenceId.apply(caller.principal().tenant());
        var lines = HistoryRoutes.stored(log.read(pid, after, Math.min(until, after + limit)));
        return onSuccess(
                HistoryRoutes.answer(system, "log " + pid, HistoryRoutes.BYTES, lines), answer -> complete(answer));
    }
}
