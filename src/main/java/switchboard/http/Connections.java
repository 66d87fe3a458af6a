package switchboard.http;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.RunnableGraph;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.TLSPlacebo;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;

/** Those that are open: bounded in number, in all and for each source, and in patience; ended in order. */
public final class Connections {

    /**
     * What is borne.
     *
     * @param inAll open at a time; one more is closed at once
     * @param perSource of these from one address (IPv6: one /64), lest a single one keep all others out
     * @param idle without a byte in either direction, after which a connection is closed
     * @param patience a whole request must have come by then, counted from the opening or the end of the last answer
     */
    public record Limits(int inAll, int perSource, Duration idle, Duration patience) {}

    private record Controls(Turns.End end, UniqueKillSwitch cut) {}

    private interface Layers {
        BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, Controls> get();
    }

    private record Open(Turns.End end, UniqueKillSwitch cut, CompletableFuture<?> closed) {}

    private final ActorSystem<?> system;
    private final Limits limits;
    private final Layers layers;
    private final Flow<HttpRequest, HttpResponse, NotUsed> handler;
    private final Set<Open> open = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<ByteBuffer, Integer> sources = new ConcurrentHashMap<>();
    private final LongAdder opened = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder late = new LongAdder();
    private volatile boolean ending;

    /** Pekko's own layer is made once and used by every connection, as Pekko's own server does. */
    Connections(
            ActorSystem<?> system,
            Limits limits,
            ServerSettings settings,
            Optional<Supplier<SSLEngine>> tls,
            Flow<HttpRequest, HttpResponse, NotUsed> handler) {
        this.system = system;
        this.limits = limits;
        this.handler = handler;
        var http = BidiFlow.fromGraph(new Turns(limits.patience(), late))
                .atop(Http.get(system).serverLayer(settings));
        var below = BidiFlow.<ByteString, ByteString>bidirectionalIdleTimeout(limits.idle())
                .atop(BidiFlow.fromGraph(KillSwitches.<ByteString, ByteString>singleBidi()), (_, cut) -> cut);
        var plain = http.atop(plain()).atop(below, (end, cut) -> new Controls(end, cut));
        layers = tls.<Layers>map(engines ->
                        () -> http.atop(Encryption.of(engines.get())).atop(below, (end, cut) -> new Controls(end, cut)))
                .orElse(() -> plain);
    }

    /** Open now. */
    public int open() {
        return open.size();
    }

    /** Ever taken. */
    public long opened() {
        return opened.sum();
    }

    /** Closed at once: over a limit. */
    public long refused() {
        return refused.sum();
    }

    /** Closed because no whole request came in time. */
    public long late() {
        return late.sum();
    }

    /** Takes one, or closes it. */
    void take(Tcp.IncomingConnection connection) {
        var source = source(connection.remoteAddress().getAddress());
        var welcome = sources.merge(source, 1, Integer::sum) <= limits.perSource() && open.size() < limits.inAll();
        if (welcome && !ending) {
            run(connection).whenComplete((_, _) -> leave(source));
        } else {
            leave(source);
            refused.increment();
            connection.handleWith(Flow.fromSinkAndSource(Sink.cancelled(), Source.empty()), system);
        }
    }

    /** Closes each once its client has been answered; after {@code deadline} all that are left. */
    CompletionStage<Done> end(Duration deadline) {
        ending = true;
        open.forEach(it -> it.end().once());
        return CompletableFuture.allOf(open.stream().map(Open::closed).toArray(CompletableFuture[]::new))
                .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .handle((_, _) -> {
                    open.forEach(it -> it.cut().abort(new IllegalStateException("the server has ended")));
                    return Done.getInstance();
                });
    }

    @SuppressWarnings("unchecked")
    private static BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> plain() {
        return (BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed>)
                (BidiFlow<?, ?, ?, ?, ?>) TLSPlacebo.getInstance();
    }

    private CompletionStage<?> run(Tcp.IncomingConnection connection) {
        var it = graph(connection).run(system);
        open.add(it);
        opened.increment();
        if (ending) {
            it.end().once();
        }
        return it.closed().whenComplete((_, _) -> open.remove(it));
    }

    /** Closed is what neither side can write to any more. */
    private RunnableGraph<Open> graph(Tcp.IncomingConnection connection) {
        var wire = Flow.of(ByteString.class)
                .<CompletionStage<Done>>watchTermination((_, written) -> written)
                .via(connection.flow())
                .<CompletableFuture<?>>watchTermination((written, read) ->
                        CompletableFuture.allOf(written.toCompletableFuture(), read.toCompletableFuture()));
        return handler.joinMat(
                layers.get().join(wire, (controls, closed) -> new Open(controls.end(), controls.cut(), closed)),
                (_, it) -> it);
    }

    private void leave(ByteBuffer source) {
        sources.computeIfPresent(source, (_, count) -> count == 1 ? null : count - 1);
    }

    private static ByteBuffer source(InetAddress address) {
        var bytes = address.getAddress();
        return ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length == 16 ? 8 : 4));
    }
}
