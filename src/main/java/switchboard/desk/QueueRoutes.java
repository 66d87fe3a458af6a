package switchboard.desk;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import switchboard.dispatch.Dispatch.Queue;
import switchboard.dispatch.Dispatch.Queues;
import switchboard.http.Answers;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.security.Action;
import switchboard.sse.Frames;
import switchboard.sse.Streams;
import switchboard.wire.Refusal;

/**
 * What waits, and for how long: as the tenant's router has it now. Nothing of it is kept, so a stream of it has no ids.
 *
 * <pre>
 * GET /v1/queues                 200 {"queues":[{"queue","waiting","pinned","oldest","ready","estimatedWaitSeconds"}],
 *                                    "lacking":[{"skill","level","waiting"}]}
 * GET /v1/queues/{name}          200 one of them
 * GET /v1/queues/{name}/stream   Accept: text/event-stream   200 event: queue, data: as above; at once, and when it has changed
 * </pre>
 */
public final class QueueRoutes {

    /** How a tenant's queues are; fails with UNAVAILABLE where that is not known yet. */
    public interface Looks extends Function<String, CompletionStage<Queues>> {}

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Gate gate;
    private final Streams streams;
    private final Looks looks;

    public QueueRoutes(Gate gate, Streams streams, Looks looks) {
        this.gate = gate;
        this.streams = streams;
        this.looks = looks;
    }

    public Route routes() {
        return concat(
                gate.on(Action.LIST_QUEUES, (caller, request) -> answered(list(caller, request))),
                gate.onNamed(Action.READ_QUEUE, (caller, name, request) -> answered(read(caller, name, request))),
                gate.onNamed(Action.FOLLOW_QUEUE, (caller, name, request) -> answered(follow(caller, name, request))));
    }

    private static Route answered(CompletionStage<HttpResponse> answer) {
        return onSuccess(answer, it -> complete(it));
    }

    private CompletionStage<HttpResponse> list(Caller caller, HttpRequest request) {
        Negotiation.json(request);
        Parameters.none(request);
        return look(caller).thenApply(queues -> {
            var body = JsonNodeFactory.instance.objectNode();
            var all = body.putArray("queues");
            queues.all().forEach(queue -> all.add(body(queue)));
            var lacking = body.putArray("lacking");
            queues.lacking()
                    .forEach(it -> lacking.addObject()
                            .put("skill", it.skill())
                            .put("level", it.level())
                            .put("waiting", it.waiting()));
            return uncached(body);
        });
    }

    private CompletionStage<HttpResponse> read(Caller caller, String name, HttpRequest request) {
        Negotiation.json(request);
        Parameters.none(request);
        return named(caller, name).thenApply(queue -> uncached(body(queue)));
    }

    private static HttpResponse uncached(ObjectNode body) {
        return Answers.json(StatusCodes.OK, body).addHeader(RawHeader.create("Cache-Control", "private, no-cache"));
    }

    private CompletionStage<HttpResponse> follow(Caller caller, String name, HttpRequest request) {
        Negotiation.choose(request, List.of("text/event-stream"));
        Parameters.none(request);
        return named(caller, name)
                .thenApply(_ -> streams.open(caller.principal(), () -> gate.still(caller))
                        .carrying(frames(caller, name), _ -> Optional.empty()));
    }

    /** What cannot be had now is left out; a queue that the plan has no more ends it. */
    private Source<ByteString, NotUsed> frames(Caller caller, String name) {
        return Source.tick(Duration.ZERO, EVERY, NotUsed.getInstance())
                .mapMaterializedValue(_ -> NotUsed.getInstance())
                .mapAsync(1, _ -> look(caller).handle((queues, no) -> Optional.ofNullable(no == null ? queues : null)))
                .mapConcat(it -> it.stream().toList())
                .map(queues ->
                        find(queues, name).map(queue -> body(queue).toString()).orElse(""))
                .statefulMap(
                        () -> "-",
                        (before, now) -> Pair.create(now, now.equals(before) ? "=" : now),
                        _ -> Optional.empty())
                .filter(now -> !now.equals("="))
                .takeWhile(now -> !now.isEmpty(), true)
                .map(now -> now.isEmpty()
                        ? Frames.end(Refusal.NOT_FOUND.code())
                        : Frames.event("queue", now.getBytes(StandardCharsets.UTF_8)));
    }

    private CompletionStage<Queue> named(Caller caller, String name) {
        return look(caller)
                .thenCompose(queues -> find(queues, name)
                        .map(CompletableFuture::completedStage)
                        .orElseGet(() ->
                                CompletableFuture.failedStage(new StatusReply.ErrorMessage(Refusal.NOT_FOUND.name()))));
    }

    private static Optional<Queue> find(Queues queues, String name) {
        return queues.all().stream().filter(queue -> queue.name().equals(name)).findFirst();
    }

    private CompletionStage<Queues> look(Caller caller) {
        return looks.apply(caller.principal().tenant());
    }

    private static ObjectNode body(Queue queue) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("queue", queue.name())
                .put("waiting", queue.waiting())
                .put("pinned", queue.pinned());
        queue.oldest().ifPresent(oldest -> body.put("oldest", Answers.at(oldest)));
        body.put("ready", queue.ready());
        queue.estimate().ifPresent(wait -> body.put("estimatedWaitSeconds", wait.toMillis() / 1e3));
        return body;
    }
}
