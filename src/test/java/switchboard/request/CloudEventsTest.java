package switchboard.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.conversation.Conversation.Place;
import switchboard.conversation.Conversation.Receive;
import switchboard.edge.Edge;
import switchboard.edge.Posts;
import switchboard.wire.CustomerThread;
import switchboard.wire.Inbound;
import switchboard.wire.Inbound.Attachment;
import switchboard.wire.Inbound.Consent;
import switchboard.wire.Inbound.Content;
import switchboard.wire.Inbound.Customer;
import switchboard.wire.Inbound.Left;
import switchboard.wire.Inbound.Message;
import switchboard.wire.Inbound.Rating;
import switchboard.wire.Inbound.Receipt;
import switchboard.wire.Personal;

/** What is taken of what gateways post. What is not: {@link CloudEventsRefusedTest}. */
class CloudEventsTest {

    @AutoClose
    private static final Edge edge = new Edge();

    private static final Personal NOTHING = new Personal("");

    @BeforeEach
    void fresh() {
        edge.asked.clear();
        edge.commands.clear();
        edge.answering(_ -> StatusReply.success(new Place(7)));
    }

    @Test
    void a_structured_event_reaches_its_conversation_and_its_place_is_the_answer() throws Exception {
        var response = post(Posts.event(""));

        var thread = CustomerThread.of("whatsapp", "+49 170 1234");
        var conversation = Edge.TENANT.conversation(thread);
        assertThat(edge.asked).containsExactly("local:" + conversation);
        assertThat(received())
                .isEqualTo(new Inbound(
                        "message.received",
                        thread,
                        new Personal("/whatsapp/491701234"),
                        new Personal("e-1"),
                        "",
                        new Message(new Personal("Hello?"), Customer.UNKNOWN, List.of(), NOTHING)));
        assertThat(response.status().intValue()).isEqualTo(201);
        assertThat(edge.json(response).toString())
                .isEqualTo("{\"conversation\":\"%s\",\"seq\":7,\"id\":\"e-1\"}".formatted(conversation));
        assertThat(response.getHeader("Location").orElseThrow().value())
                .isEqualTo("/v1/conversations/" + conversation + "/events?after=6&until=7");
    }

    @Test
    void a_binary_event_is_the_same_as_a_structured_one() throws Exception {
        post(Posts.event(""));
        var structured = received();
        edge.commands.clear();

        edge.ask(binary("{\"text\":\"Hello?\"}"));

        assertThat(received()).isEqualTo(structured);
    }

    @Test
    void binary_attributes_are_percent_decoded_and_unquoted() throws Exception {
        edge.ask(Posts.gateway(Edge.with(HttpRequest.POST("/v1/events"), "application/json", "{\"text\":\"Hi\"}"))
                .addHeader(Edge.header("ce-specversion", "1.0"))
                .addHeader(Edge.header("ce-type", "message.received"))
                .addHeader(Edge.header("ce-source", "/web"))
                .addHeader(Edge.header("ce-id", "100%25"))
                .addHeader(Edge.header("ce-subject", "\"J%C3%BCrgen \\\"J\\\"\"")));

        assertThat(received().id().text()).isEqualTo("100%");
        assertThat(received().thread().canonical().text()).isEqualTo("Jürgen \"J\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\\r\\n\\tb ", "\\u0001", "👩‍👩‍👧", "e\\u0301", "\\\"\\\\\\/", " ", "\\ufeff\\u202e\\uffff"})
    void a_text_is_kept_as_it_was_sent(String escaped) throws Exception {
        post(Posts.event(",\"data\":{\"text\":\"" + escaped + "\"}"));

        var sent = new JsonMapper().readValue("\"" + escaped + "\"", String.class);
        assertThat(((Message) received().content()).text().text()).isEqualTo(sent);
    }

    @Test
    void a_text_may_have_16384_characters_of_any_plane() throws Exception {
        var text = "😀".repeat(8_000) + "x".repeat(8_384);

        assertThat(post(Posts.event(",\"data\":{\"text\":\"" + text + "\"}"))
                        .status()
                        .intValue())
                .isEqualTo(201);
        assertThat(((Message) received().content()).text().text()).isEqualTo(text);
    }

    @Test
    void a_gzipped_event_is_inflated() throws Exception {
        edge.ask(Posts.gzipped(Posts.gzip(Posts.event("").getBytes(StandardCharsets.UTF_8))));

        assertThat(((Message) received().content()).text().text()).isEqualTo("Hello?");
    }

    @Test
    void extension_attributes_are_let_be() throws Exception {
        assertThat(post(Posts.event(
                                ",\"traceparent\":\"00-1\",\"priority7\":3,\"dataschema\":\"https://example.org/s\""))
                        .status()
                        .intValue())
                .isEqualTo(201);
    }

    record Sample(String type, String data, Content content) {}

    static Stream<Sample> samples() {
        return Stream.of(
                new Sample(
                        "message.received",
                        """
                        {"text":"Hi","ref":"r","customer":{"id":"7","name":"Ana","language":"pt-BR","tier":"gold"},
                         "attachments":[{"url":"https://files.example/1","mediaType":"image/png","size":9,"name":"a.png"},
                                        {"url":"https://files.example/2"}]}""",
                        new Message(
                                new Personal("Hi"),
                                new Customer(new Personal("7"), new Personal("Ana"), "pt-BR", "gold"),
                                List.of(
                                        new Attachment(
                                                new Personal("https://files.example/1"),
                                                "image/png",
                                                9,
                                                new Personal("a.png")),
                                        new Attachment(new Personal("https://files.example/2"), "", 0, NOTHING)),
                                new Personal("r"))),
                new Sample(
                        "message.accepted",
                        "{\"ref\":\"c.2\",\"providerId\":\"wamid\"}",
                        new Receipt("c.2", new Personal("wamid"), NOTHING)),
                new Sample("message.delivered", "{\"ref\":\"c.2\"}", new Receipt("c.2", NOTHING, NOTHING)),
                new Sample("message.read", "{\"ref\":\"c.2\"}", new Receipt("c.2", NOTHING, NOTHING)),
                new Sample(
                        "message.failed",
                        "{\"ref\":\"c.2\",\"reason\":\"blocked\"}",
                        new Receipt("c.2", NOTHING, new Personal("blocked"))),
                new Sample("customer.left", "{}", new Left()),
                new Sample("customer.left", "null", new Left()),
                new Sample("csat.received", "{\"score\":5,\"comment\":\"ok\"}", new Rating(5, new Personal("ok"))),
                new Sample("csat.received", "{\"score\":1}", new Rating(1, NOTHING)),
                new Sample("consent.given", "{\"purpose\":\"marketing\"}", new Consent("marketing")),
                new Sample("consent.withdrawn", "{\"purpose\":\"marketing\"}", new Consent("marketing")));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void each_type_has_its_data(Sample sample) throws Exception {
        var response = post(Posts.event(",\"type\":\"%s\",\"data\":%s".formatted(sample.type(), sample.data())));

        assertThat(response.status().intValue()).isEqualTo(201);
        assertThat(received().type()).isEqualTo(sample.type());
        assertThat(received().content()).isEqualTo(sample.content());
    }

    private static HttpRequest binary(String data) {
        return Posts.gateway(Edge.with(HttpRequest.POST("/v1/events"), "application/json", data))
                .addHeader(Edge.header("ce-specversion", "1.0"))
                .addHeader(Edge.header("ce-type", "message.received"))
                .addHeader(Edge.header("ce-source", "/whatsapp/491701234"))
                .addHeader(Edge.header("ce-id", "e-1"))
                .addHeader(Edge.header("ce-subject", "+49%20170%201234"));
    }

    private HttpResponse post(String body) throws Exception {
        return edge.ask(Posts.structured(body));
    }

    private static Inbound received() {
        return ((Receive) edge.commands.getFirst()).event();
    }
}
