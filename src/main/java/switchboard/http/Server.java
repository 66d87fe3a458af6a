package switchboard.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.withRequestTimeoutResponse;

import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
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
     * @param maxConnections open at a time; more wait in the kernel
     * @param idle without a byte in either direction, after which a connection is closed
     * @param patience how long a whole answer may take to begin
     */
    public record Settings(
            String host, int port, boolean local, int maxConnections, Duration idle, Duration patience) {}

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final ServerBinding binding;

    private Server(ServerBinding binding) {
        this.binding = binding;
    }

    /** Fails when the address is not to be had. While not {@code ready} all of {@code /v1} is 503. */
    public static CompletionStage<Server> start(
            ActorSystem<?> system, Settings settings, BooleanSupplier ready, List<Route> routes) {
        return Http.get(system)
                .newServerAt(settings.host(), settings.port())
                .withSettings(pekko(system, settings))
                .bind(withRequestTimeoutResponse(
                        _ -> Problems.of(Refusal.UNAVAILABLE), () -> whole(settings.local(), ready, routes)))
                .thenApply(Server::new);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return binding.localAddress();
    }

    /** No new connections; those open may finish their requests within {@code deadline}. */
    public CompletionStage<Done> stop(Duration deadline) {
        return binding.terminate(deadline).thenApply(_ -> Done.getInstance());
    }

    /** All routes, every failure a problem. */
    public static Route whole(boolean local, BooleanSupplier ready, List<Route> routes) {
        var all = concat(routes.getFirst(), routes.subList(1, routes.size()).toArray(Route[]::new));
        return Problems.sealed(extractRequest(request -> {
            if (local && !LOCAL.contains(request.getUri().host().address())) {
                throw new Problem(Fault.HOST_NOT_LOCAL);
            }
            if (isVersioned(request) && !ready.getAsBoolean()) {
                throw new Problem(Fault.NOT_READY);
            }
            return all;
        }));
    }

    private static boolean isVersioned(HttpRequest request) {
        return request.getUri().getPathString().startsWith("/v1/");
    }

    private static ServerSettings pekko(ActorSystem<?> system, Settings settings) {
        var ours = ConfigFactory.parseString("""
                pekko.http.server {
                  server-header = ""
                  transparent-head-requests = on
                  max-connections = %d
                  idle-timeout = %d ms
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
                """.formatted(
                        settings.maxConnections(),
                        settings.idle().toMillis(),
                        settings.patience().toMillis(),
                        ParsingErrors.class.getName()));
        return ServerSettings.create(ours.withFallback(system.settings().config()));
    }
}
