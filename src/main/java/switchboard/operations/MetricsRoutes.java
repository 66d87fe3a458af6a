package switchboard.operations;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import switchboard.http.Gate;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.security.Action;

/**
 * What Prometheus asks.
 *
 * <pre>
 * GET /metrics   text format 0.0.4; by admins, or without a credential on a port of its own
 * </pre>
 */
public final class MetricsRoutes {

    private static final ContentType TEXT = ContentTypes.parse("text/plain; version=0.0.4; charset=utf-8");

    private final Supplier<CompletionStage<String>> scrape;

    /** {@code scrape} gives the text. */
    public MetricsRoutes(Supplier<CompletionStage<String>> scrape) {
        this.scrape = scrape;
    }

    public Route routes(Gate gate) {
        return gate.on(Action.READ_METRICS, (_, request) -> metrics(request));
    }

    /** For a port that only operators reach. */
    public Route open() {
        return Gate.open(Action.READ_METRICS, this::metrics);
    }

    private Route metrics(HttpRequest request) {
        Negotiation.choose(request, List.of("text/plain"));
        Parameters.none(request);
        return onSuccess(scrape.get(), text -> complete(answer(text)));
    }

    private static HttpResponse answer(String text) {
        return HttpResponse.create().withEntity(HttpEntities.create(TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }
}
