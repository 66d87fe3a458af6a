package switchboard.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.edge.Edge.C;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import switchboard.dispatch.Dispatch.Lack;
import switchboard.dispatch.Dispatch.Queue;
import switchboard.dispatch.Dispatch.Queues;
import switchboard.edge.Edge;
import switchboard.wire.Refusal;

/** What waits, over HTTP. */
class QueueRoutesTest {

    private static final String SUPERVISOR = "supervisor.local-only";
    private static final Queue IDLE = new Queue("general", 0, 0, Optional.empty(), 0, Optional.empty());
    private static final Queue BUSY = new Queue(
            "general",
            7,
            1,
            Optional.of(Instant.parse("2030-01-01T12:00:00Z")),
            2,
            Optional.of(Duration.ofMillis(61_500)));

    @AutoClose
    private final Edge edge = new Edge();

    @Test
    void a_queue_says_what_waits_and_for_how_long() throws Exception {
        edge.queues = _ -> CompletableFuture.completedStage(new Queues(List.of(BUSY), List.of()));

        assertThat(edge.text(get("/v1/queues/general"))).isEqualTo("""
                {"queue":"general","waiting":7,"pinned":1,"oldest":"2030-01-01T12:00:00.000Z","ready":2,"estimatedWaitSeconds":61.5}""");
    }

    @Test
    void what_cannot_be_told_is_left_out() throws Exception {
        edge.queues = _ -> CompletableFuture.completedStage(new Queues(List.of(IDLE), List.of()));

        assertThat(edge.text(get("/v1/queues"))).isEqualTo("""
                {"queues":[{"queue":"general","waiting":0,"pinned":0,"ready":0}],"lacking":[]}""");
    }

    @Test
    void what_nobody_at_work_can_do_is_named() throws Exception {
        var lacking = List.of(new Lack("law", 3, 2));
        edge.queues = _ -> CompletableFuture.completedStage(new Queues(List.of(IDLE), lacking));

        assertThat(edge.text(get("/v1/queues"))).endsWith("""
                "lacking":[{"skill":"law","level":3,"waiting":2}]}""");
    }

    @Test
    void a_queue_that_the_plan_does_not_have_is_not_found() throws Exception {
        assertThat(edge.problem(get("/v1/queues/nowhere"))).isEqualTo("404 not_found");
        assertThat(edge.problem(edge.ask(stream("nowhere")))).isEqualTo("404 not_found");
    }

    @Test
    void a_router_that_has_just_begun_is_asked_again_later() throws Exception {
        edge.queues = _ -> CompletableFuture.failedStage(new StatusReply.ErrorMessage(Refusal.UNAVAILABLE.name()));

        var answer = get("/v1/queues");

        assertThat(answer.getHeader("Retry-After")).isPresent();
        assertThat(edge.problem(answer)).isEqualTo("503 unavailable");
    }

    @Test
    void an_unknown_parameter_is_refused() throws Exception {
        assertThat(edge.problem(get("/v1/queues?x=1"))).isEqualTo("400 unknown_parameter");
        assertThat(edge.problem(get("/v1/queues/" + C + "?x=1"))).isEqualTo("400 unknown_parameter");
    }

    @Test
    void a_stream_says_how_it_is_when_it_has_changed_and_ends_with_the_queue() throws Exception {
        var now = new AtomicReference<>(List.of(IDLE));
        edge.queues = _ -> {
            var told = now.get();
            now.set(told.equals(List.of(IDLE)) ? List.of(BUSY) : List.of());
            return CompletableFuture.completedStage(new Queues(told, List.of()));
        };
        now.set(List.of(IDLE));

        var frames = edge.ask(stream("general"))
                .entity()
                .getDataBytes()
                .map(bytes -> bytes.utf8String())
                .runWith(Sink.seq(), edge.actors.system())
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);

        var text = String.join("", frames);
        assertThat(text).contains("event: queue\ndata: {\"queue\":\"general\",\"waiting\":7");
        assertThat(text).endsWith("event: end\ndata: {\"code\":\"not_found\"}\n\n");
        assertThat(text).doesNotContain("id: ");
    }

    private HttpResponse get(String path) throws Exception {
        return edge.ask(Edge.as(SUPERVISOR, HttpRequest.GET(path)));
    }

    private static HttpRequest stream(String queue) {
        return Edge.as(SUPERVISOR, HttpRequest.GET("/v1/queues/" + queue + "/stream"))
                .addHeader(Edge.header("Accept", "text/event-stream"));
    }
}
