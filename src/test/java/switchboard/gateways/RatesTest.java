package switchboard.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Place;
import switchboard.conversation.Conversation.ReceiveAll;
import switchboard.edge.Edge;
import switchboard.edge.Posts;

class RatesTest {

    @AutoClose
    private final Edge edge = new Edge(Duration.ofSeconds(20), 10).answering(RatesTest::taken);

    private static StatusReply<?> taken(Command command) {
        return command instanceof ReceiveAll ? BulkRoutesTest.stored(command) : StatusReply.success(new Place(1));
    }

    @Test
    void over_its_rate_a_caller_is_turned_away_and_told_when_to_come_again() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(post().status().intValue()).isEqualTo(201);
        }
        edge.asked.clear();

        var over = post();

        assertThat(over.getHeader("Retry-After").orElseThrow().value()).isEqualTo("1");
        assertThat(over.getHeader("RateLimit-Policy").orElseThrow().value()).isEqualTo("\"default\";q=10;w=1");
        assertThat(over.getHeader("RateLimit").orElseThrow().value()).isEqualTo("\"default\";r=0;t=1");
        assertThat(edge.problem(over)).isEqualTo("429 rate_limited");
        assertThat(edge.asked).isEmpty();
        assertThat(edge.rates.refused()).isEqualTo(1);
    }

    @Test
    void who_was_turned_away_does_not_pay_for_it() throws Exception {
        for (int i = 0; i < 50; i++) {
            post();
        }
        later(Duration.ofMillis(101));

        assertThat(post().status().intValue()).isEqualTo(201);
        assertThat(post().status().intValue()).isEqualTo(429);
    }

    @Test
    void one_callers_rate_is_not_anothers() throws Exception {
        for (int i = 0; i < 50; i++) {
            post();
        }

        var other = Edge.with(
                Edge.as("whatsapp-only.secret", HttpRequest.POST("/v1/events")),
                "application/cloudevents+json",
                Posts.event(""));
        assertThat(edge.ask(other).status().intValue()).isEqualTo(201);
        assertThat(edge.ask(Edge.as("supervisor.local-only", HttpRequest.GET("/v1/conversations/x")))
                        .status()
                        .intValue())
                .isEqualTo(404);
    }

    @Test
    void a_request_of_many_is_let_in_once_and_paid_for_afterwards() throws Exception {
        var body = new StringBuilder();
        for (int i = 0; i < 35; i++) {
            body.append(BulkRoutesTest.line("t1", i));
        }

        var many = edge.ask(BulkRoutesTest.post(BulkRoutesTest.NDJSON, body.toString()));
        assertThat(edge.text(many).lines()).hasSize(35);

        var over = post();
        assertThat(over.getHeader("Retry-After").orElseThrow().value()).isEqualTo("3");
        later(Duration.ofMillis(2_600));
        assertThat(post().status().intValue()).isEqualTo(429);
        later(Duration.ofMillis(200));
        assertThat(post().status().intValue()).isEqualTo(201);
    }

    @Test
    void what_is_for_anybody_has_no_rate() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(edge.ask(HttpRequest.GET("/alive")).status().intValue()).isEqualTo(200);
        }
    }

    private HttpResponse post() throws Exception {
        return edge.ask(Posts.structured(Posts.event("")));
    }

    private void later(Duration time) {
        edge.nanos.addAndGet(time.toNanos());
    }
}
