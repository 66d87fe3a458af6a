package switchboard.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.mapResponse;
import static org.apache.pekko.http.javadsl.server.Directives.withRequestTimeoutResponse;

import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.Supervision;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Tcp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.request.Fault;
import switchboard.request.Problem;
import switchboard.wire.Refusal;

/** Listens, and answers with the routes that it is given; it knows no feature. */
public final class Server {

    /**
     * Where and how.
     *
     * @param port 0 for any free one
     * @param local only for this machine: a request that names another host is refused (a web page that has its own name
     *     resolve to this machine would otherwise reach us through the browser)
     * @param patience how long a whole answer may take to begin
     * @param tls the server's end of it, for each connection anew; empty: in the clear
     */
    public record Settings(
            String host,
            int port,
            boolean local,
            Cors cors,
            Connections.Limits limits,
            Duration patience,
            Optional<Supplier<SSLEngine>> tls) {

        /** In the clear. */
        public Settings(String host, int port, boolean local, Cors cors, Connections.Limits limits, Duration patience) {
            this(host, port, local, cors, limits, patience, Optional.empty());
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
    private static final int BACKLOG = 1_024;

    private final Tcp.ServerBinding binding;
    private final Connections connections;
    private final Observer observer;
    private final String scheme;

    private Server(Tcp.ServerBinding binding, Connections connections, Observer observer, String scheme) {
        this.binding = binding;
        this.connections = connections;
        this.observer = observer;
        this.scheme = scheme;
    }

    /**
     * Of each answer as it begins: to what action (empty for none), the refusal's code (empty for none), after how long (0
     * where nobody was asked).
     */
    public interface Observer {
        void saw(String action, String code, long nanos);
    }

    /** Fails when the address is not to be had. While not {@code ready} all of {@code /v1} is 503. */
    public static CompletionStage<Server> start(
            ActorSystem<?> system, Settings settings, BooleanSupplier ready, List<Route> routes) {
        return start(system, settings, ready, routes, (_, _, _) -> {});
    }

    /** The same, observed. */
    public static CompletionStage<Server> start(
            ActorSystem<?> system, Settings settings, BooleanSupplier ready, List<Route> routes, Observer observer) {
        var cors = settings.cors();
        var whole = withRequestTimeoutResponse(
                        request -> {
                            observer.saw("", Refusal.UNAVAILABLE.code(), 0);
                            return cors.readable(request, Problems.of(Refusal.UNAVAILABLE));
                        },
                        () -> whole(settings.local(), cors, ready, routes))
                .handler(system);
        var connections = new Connections(
                system,
                settings.limits(),
                pekko(system, settings),
                settings.tls(),
                Flow.of(HttpRequest.class).mapAsync(1, Seen.by(observer, whole)));
        return Tcp.get(system)
                .bind(settings.host(), settings.port(), BACKLOG, List.of(), false, Optional.empty())
                .map(connection -> {
                    connections.take(connection);
                    return connection;
                })
                .withAttributes(ActorAttributes.withSupervisionStrategy(Server::goOn))
                .to(Sink.ignore())
                .run(system)
                .thenApply(binding -> {
                    ParsingErrors.tell(observer);
                    return new Server(
                            binding, connections, observer, settings.tls().isPresent() ? "https" : "http");
                });
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return binding.localAddress();
    }

    /** {@code https} or {@code http}. */
    public String scheme() {
        return scheme;
    }

    public Connections connections() {
        return connections;
    }

    /** No new connections; those open may finish what they were asked, streams too, within {@code deadline}. */
    public CompletionStage<Done> stop(Duration deadline) {
        return binding.unbind()
                .thenCompose(_ -> connections.end(deadline))
                .whenComplete((_, _) -> ParsingErrors.tellNoMore(observer));
    }

    /** All routes, every failure a problem. */
    public static Route whole(boolean local, Cors cors, BooleanSupplier ready, List<Route> routes) {
        var all = concat(routes.getFirst(), routes.subList(1, routes.size()).toArray(Route[]::new));
        return extractRequest(request -> mapResponse(
                answer -> cors.readable(request, answer),
                () -> Problems.sealed(extractRequest(inner -> {
                    if (local && !LOCAL.contains(inner.getUri().host().address())) {
                        throw new Problem(Fault.HOST_NOT_LOCAL);
                    }
                    cors.check(inner);
                    if (Cors.isPreflight(inner)) {
                        return complete(Cors.preflight());
                    }
                    if (isVersioned(inner) && !ready.getAsBoolean()) {
                        throw new Problem(Fault.NOT_READY);
                    }
                    return all;
                }))));
    }

    private static Supervision.Directive goOn(Throwable failure) {
        LOG.error("a connection could not be served", failure);
        return Supervision.resume();
    }

    private static boolean isVersioned(HttpRequest request) {
        return request.getUri().getPathString().startsWith("/v1/");
    }

    private static ServerSettings pekko(ActorSystem<?> system, Settings settings) {
        var ours =
                ConfigFactory.parseString("""
                pekko.http.server {
                  server-header = ""
                  transparent-head-requests = on
                  request-timeout = %d ms
                  bind-timeout = 30 s
                  parsing {
                    max-uri-length = 2k
                    max-header-value-length = 8k
                    max-header-count = 64
                    max-content-length = 64k
                    # warnings repeat what was sent
                    illegal-header-warnings = off
                    error-logging-verbosity = off
                    error-handler = "%s"
                  }
                }
                """.formatted(settings.patience().toMillis(), ParsingErrors.class.getName()));
        return ServerSettings.create(ours.withFallback(system.settings().config()));
    }
}
