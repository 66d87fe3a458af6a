package switchboard.operations;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.getFromResource;

import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;
import switchboard.http.Answers;
import switchboard.http.Gate;
import switchboard.http.Problems;
import switchboard.request.Fault;
import switchboard.security.Action;

/**
 * What anybody may ask.
 *
 * <pre>
 * GET /ready          200 when requests are served, else 503
 * GET /alive          200 as long as the process answers
 * GET /openapi.yaml   the contract
 * </pre>
 */
public final class HealthRoutes {

    private static final ContentType YAML =
            ContentTypes.create(MediaTypes.applicationWithFixedCharset("yaml", HttpCharsets.UTF_8));

    private final BooleanSupplier ready;

    public HealthRoutes(BooleanSupplier ready) {
        this.ready = ready;
    }

    public Route routes() {
        return concat(
                Gate.open(
                        Action.IS_READY,
                        _ -> complete(
                                ready.getAsBoolean()
                                        ? Answers.json(StatusCodes.OK, Map.of("status", "ready"))
                                        : Problems.of(Fault.NOT_READY))),
                Gate.open(Action.IS_ALIVE, _ -> complete(Answers.json(StatusCodes.OK, Map.of("status", "alive")))),
                Gate.open(Action.READ_CONTRACT, _ -> getFromResource("openapi.yaml", YAML)));
    }
}
