package switchboard.contract;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import switchboard.witness.Caller;
import switchboard.witness.Credentials;

/** A client of the whole program all of whose answers are judged by the contract, streams as they come. */
public final class JudgedClient extends HttpClient {

    private final HttpClient http;

    /** Over the client that callers use. */
    public static JudgedClient create() {
        return new JudgedClient(Caller.client());
    }

    /** A caller in local mode whose answers are judged. */
    public static Caller caller(Supplier<URI> address) {
        return new Caller(address, Credentials.LOCAL, create());
    }

    private JudgedClient(HttpClient http) {
        this.http = http;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        var answer = http.send(request, judged(request, handler));
        Violations.none();
        return answer;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return http.sendAsync(request, judged(request, handler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
        return http.sendAsync(request, judged(request, handler), pushes);
    }

    private static <T> BodyHandler<T> judged(HttpRequest request, BodyHandler<T> handler) {
        return head -> {
            var type = head.headers().firstValue("Content-Type").orElse("");
            var path = request.uri().getRawPath();
            return new Tee<>(handler.apply(head), new Reading(request.method(), path, head.statusCode(), type));
        };
    }

    /** Shows each part to the judge before anybody has it. */
    private record Tee<T>(BodySubscriber<T> to, Reading reading) implements BodySubscriber<T> {

        @Override
        public CompletionStage<T> getBody() {
            return to.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            to.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            Violations.of(() -> buffers.forEach(buffer -> {
                var bytes = new byte[buffer.remaining()];
                buffer.duplicate().get(bytes);
                reading.take(bytes);
            }));
            to.onNext(buffers);
        }

        @Override
        public void onError(Throwable failure) {
            to.onError(failure);
        }

        @Override
        public void onComplete() {
            Violations.of(reading::end);
            to.onComplete();
        }
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return http.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return http.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return http.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return http.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return http.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return http.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return http.authenticator();
    }

    @Override
    public Version version() {
        return http.version();
    }

    @Override
    public Optional<Executor> executor() {
        return http.executor();
    }

    @Override
    public void shutdownNow() {
        http.shutdownNow();
    }

    @Override
    public void close() {
        http.close();
    }
}
