package switchboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.conversation.Conversation.Place;
import switchboard.conversation.Conversation.Receive;
import switchboard.conversation.CustomerThread;
import switchboard.conversation.Inbound;
import switchboard.conversation.Inbound.Attachment;
import switchboard.conversation.Inbound.Consent;
import switchboard.conversation.Inbound.Content;
import switchboard.conversation.Inbound.Customer;
import switchboard.conversation.Inbound.Left;
import switchboard.conversation.Inbound.Message;
import switchboard.conversation.Inbound.Rating;
import switchboard.conversation.Inbound.Receipt;
import switchboard.wire.Personal;

class CloudEventsTest {

    private static final Edge edge = new Edge();
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final Personal NOTHING = new Personal("");

    @AfterAll
    static void stop() {
        edge.close();
    }

    @BeforeEach
    void fresh() {
        edge.asked.clear();
        edge.commands.clear();
        edge.answering(_ -> StatusReply.success(new Place(7)));
    }

    @Test
    void a_structured_event_reaches_its_conversation_and_its_place_is_the_answer() throws Exception {
        var response = post(event(""));

        var thread = CustomerThread.of("whatsapp", "+49 170 1234");
        var conversation = thread.conversation(Edge.TENANT);
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
        post(event(""));
        var structured = received();
        edge.commands.clear();

        post(binary("{\"text\":\"Hello?\"}"));

        assertThat(received()).isEqualTo(structured);
    }

    @Test
    void binary_attributes_are_percent_decoded_and_unquoted() throws Exception {
        edge.ask(gateway(Edge.with(HttpRequest.POST("/v1/events"), "application/json", "{\"text\":\"Hi\"}"))
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
        post(event(",\"data\":{\"text\":\"" + escaped + "\"}"));

        var sent = new JsonMapper().readValue("\"" + escaped + "\"", String.class);
        assertThat(((Message) received().content()).text().text()).isEqualTo(sent);
    }

    @Test
    void a_text_may_have_16384_characters_of_any_plane() throws Exception {
        var text = "😀".repeat(8_000) + "x".repeat(8_384);

        assertThat(post(event(",\"data\":{\"text\":\"" + text + "\"}")).status().intValue())
                .isEqualTo(201);
        assertThat(((Message) received().content()).text().text()).isEqualTo(text);
    }

    @Test
    void a_gzipped_event_is_inflated() throws Exception {
        edge.ask(gzipped(gzip(event("").getBytes(StandardCharsets.UTF_8))));

        assertThat(((Message) received().content()).text().text()).isEqualTo("Hello?");
    }

    @Test
    void extension_attributes_are_let_be() throws Exception {
        assertThat(post(event(",\"traceparent\":\"00-1\",\"priority7\":3,\"dataschema\":\"https://example.org/s\""))
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
                        {"text":"Hi","ref":"r","customer":{"id":"7","name":"Ana","language":"pt-BR"},
                         "attachments":[{"url":"https://files.example/1","mediaType":"image/png","size":9,"name":"a.png"},
                                        {"url":"https://files.example/2"}]}""",
                        new Message(
                                new Personal("Hi"),
                                new Customer(new Personal("7"), new Personal("Ana"), "pt-BR"),
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
        var response = post(event(",\"type\":\"%s\",\"data\":%s".formatted(sample.type(), sample.data())));

        assertThat(response.status().intValue()).isEqualTo(201);
        assertThat(received().type()).isEqualTo(sample.type());
        assertThat(received().content()).isEqualTo(sample.content());
    }

    record Bad(String answer, HttpRequest request) {
        static Bad event(String answer, String changes) {
            return new Bad(answer, structured(CloudEventsTest.event(changes)));
        }

        static Bad raw(String answer, String body) {
            return new Bad(answer, structured(body));
        }

        @Override
        public String toString() {
            return answer;
        }
    }

    static Stream<Bad> bodies() throws Exception {
        var plain = event("").getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                Bad.raw("400 broken_json", ""),
                Bad.raw("400 broken_json", "{"),
                Bad.raw("400 broken_json", event("") + "x"),
                Bad.raw("400 broken_json", event("") + event("")),
                Bad.raw("400 broken_json", "{'a':1}"),
                Bad.raw("400 broken_json", "{\"priority\":" + "9".repeat(2_000) + "}"),
                Bad.raw("400 broken_json", "\ufeff" + event("")),
                Bad.raw("400 wrong_type", "[]"),
                Bad.raw("400 wrong_type", "\"event\""),
                Bad.raw("400 wrong_type", "null"),
                Bad.raw("400 duplicate_field", event("").replaceFirst("\\{", "{\"id\":\"other\",")),
                Bad.raw(
                        "400 duplicate_field",
                        event(",\"data\":{\"text\":\"a\"}").replace("{\"text\"", "{\"text\":\"b\",\"text\"")),
                Bad.raw("400 too_deep", "{\"data\":" + "[".repeat(16) + "]".repeat(16) + "}"),
                Bad.raw("400 too_deep", "[".repeat(60_000)),
                new Bad("400 invalid_utf8", structured(latin1("{\"id\":\"é\"}"))),
                new Bad(
                        "400 invalid_utf8",
                        structured(new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'})),
                new Bad("400 invalid_utf8", structured(new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'})),
                new Bad("400 broken_json", structured(event("").getBytes(StandardCharsets.UTF_16LE))),
                Bad.raw("400 invalid_utf8", event("").replace("Hello?", "\\ud800")),
                Bad.raw("400 invalid_utf8", event("").replace("e-1", "a\\udc00b")),
                Bad.event("400 control_character", ",\"data\":{\"text\":\"a\\u0000b\"}"),
                Bad.event("400 control_character", ",\"id\":\"a\\u0000\""),
                Bad.event("400 control_character", ",\"id\":\"a\\nb\""),
                Bad.event("400 control_character", ",\"subject\":\"a\\u007fb\""),
                Bad.event("413 text_too_long", ",\"data\":{\"text\":\"" + "x".repeat(16_385) + "\"}"),
                Bad.event(
                        "413 text_too_long",
                        ",\"type\":\"csat.received\",\"data\":{\"score\":1,\"comment\":\"" + "x".repeat(16_385)
                                + "\"}"),
                Bad.event("413 event_too_large", ",\"data\":{\"text\":\"" + "x".repeat(65_536) + "\"}"),
                new Bad("413 event_too_large", gzipped(gzip(new byte[10_000_000]))),
                new Bad("400 broken_gzip", gzipped(plain)),
                new Bad("400 broken_gzip", gzipped(Arrays.copyOf(gzip(plain), 40))),
                new Bad("400 broken_gzip", gzipped(new byte[0])),
                new Bad("415 unsupported_encoding", structured(plain).addHeader(Edge.header("Content-Encoding", "br"))),
                new Bad(
                        "415 unsupported_encoding",
                        structured(plain).addHeader(Edge.header("Content-Encoding", "gzip, gzip"))));
    }

    static Stream<Bad> types() {
        return Stream.of(
                        "application/cloudevents-batch+json",
                        "application/x-ndjson",
                        "text/plain; charset=UTF-8",
                        "application/cloudevents+json; charset=ISO-8859-1",
                        "application/octet-stream")
                .map(type -> new Bad(
                        "415 unsupported_media_type",
                        gateway(Edge.with(HttpRequest.POST("/v1/events"), type, event("")))));
    }

    static Stream<Bad> attributes() {
        return Stream.of(
                Bad.event("400 missing_field", ",\"specversion\":null"),
                Bad.event("400 missing_field", ",\"type\":null"),
                Bad.event("400 missing_field", ",\"id\":null"),
                Bad.event("400 missing_field", ",\"source\":null"),
                Bad.event("400 missing_field", ",\"subject\":null"),
                Bad.event("400 missing_field", ",\"data\":null"),
                Bad.event("400 unsupported_specversion", ",\"specversion\":\"0.3\""),
                Bad.event("400 wrong_type", ",\"specversion\":1.0"),
                Bad.event("400 wrong_type", ",\"id\":7"),
                Bad.event("400 wrong_type", ",\"data\":\"text\""),
                Bad.event("400 wrong_type", ",\"traceparent\":{}"),
                Bad.event("400 unknown_type", ",\"type\":\"message.sent\""),
                Bad.event("400 unknown_type", ",\"type\":\"Message.received\""),
                Bad.event("400 invalid_value", ",\"type\":\"\""),
                Bad.event("400 invalid_value", ",\"id\":\"\""),
                Bad.event("400 invalid_value", ",\"id\":\"" + "é".repeat(129) + "\""),
                Bad.event("400 invalid_value", ",\"subject\":\"\""),
                Bad.event("400 invalid_value", ",\"subject\":\"  \""),
                Bad.event("400 invalid_value", ",\"subject\":\"" + "x".repeat(257) + "\""),
                Bad.event("400 invalid_value", ",\"source\":\"/web/" + "x".repeat(512) + "\""),
                Bad.event("400 invalid_value", ",\"time\":\"yesterday\""),
                Bad.event("400 invalid_value", ",\"time\":\"2030-02-30T00:00:00Z\""),
                Bad.event("400 invalid_value", ",\"time\":\"2030-02-03T00:00:00\""),
                Bad.event("400 invalid_value", ",\"datacontenttype\":\"text/plain\""),
                Bad.event("400 invalid_value", ",\"trace-parent\":\"1\""),
                Bad.event("400 invalid_value", ",\"data_base64\":\"aGk=\""),
                Bad.event("400 source_not_a_channel", ",\"source\":\"whatsapp/49\""),
                Bad.event("400 source_not_a_channel", ",\"source\":\"//whatsapp/49\""),
                Bad.event("400 source_not_a_channel", ",\"source\":\"https://whatsapp/49\""),
                Bad.event("400 source_not_a_channel", ",\"source\":\"/WhatsApp/49\""),
                Bad.event("400 source_not_a_channel", ",\"source\":\"/\""),
                Bad.event("400 source_not_a_channel", ",\"source\":\"/web/a b\""),
                Bad.event("400 source_not_a_channel", ",\"source\":\"/" + "x".repeat(41) + "\""));
    }

    static Stream<Bad> data() {
        return Stream.of(
                        "400 empty_message {}",
                        "400 empty_message {\"text\":\"\",\"attachments\":[]}",
                        "400 wrong_type {\"text\":1}",
                        "400 unknown_field {\"text\":\"a\",\"html\":\"b\"}",
                        "400 unknown_field {\"text\":\"a\",\"customer\":{\"email\":\"b\"}}",
                        "400 wrong_type {\"text\":\"a\",\"customer\":\"b\"}",
                        "400 invalid_value {\"text\":\"a\",\"customer\":{\"language\":\"not a tag\"}}",
                        "400 control_character {\"text\":\"a\",\"ref\":\"\\n\"}",
                        "400 wrong_type {\"attachments\":{}}",
                        "400 wrong_type {\"attachments\":[1]}",
                        "400 missing_field {\"attachments\":[{}]}",
                        "400 invalid_value {\"attachments\":[{\"url\":\"javascript:alert(1)\"}]}",
                        "400 invalid_value {\"attachments\":[{\"url\":\"https://a.example\",\"size\":-1}]}",
                        "400 wrong_type {\"attachments\":[{\"url\":\"https://a.example\",\"size\":1.5}]}",
                        "400 invalid_value {\"attachments\":[{\"url\":\"https://a.example\",\"size\":99999999999999999999999}]}",
                        "400 unknown_field {\"attachments\":[{\"url\":\"https://a.example\",\"data\":\"b\"}]}",
                        "400 invalid_value {\"attachments\":[" + "{\"url\":\"https://a.example\"},".repeat(32)
                                + "{\"url\":\"https://a.example\"}]}")
                .map(line -> bad("message.received", line));
    }

    static Stream<Bad> otherData() {
        return Stream.of(
                bad("message.accepted", "400 missing_field {\"ref\":\"a\"}"),
                bad("message.delivered", "400 missing_field {}"),
                bad("message.delivered", "400 unknown_field {\"ref\":\"a\",\"providerId\":\"b\"}"),
                bad("message.failed", "400 wrong_type {\"ref\":\"a\",\"reason\":7}"),
                bad("customer.left", "400 unknown_field {\"why\":\"bored\"}"),
                bad("csat.received", "400 missing_field {}"),
                bad("csat.received", "400 invalid_value {\"score\":6}"),
                bad("csat.received", "400 wrong_type {\"score\":\"5\"}"),
                bad("consent.given", "400 missing_field {}"),
                bad("consent.given", "400 invalid_value {\"purpose\":\"All of it\"}"));
    }

    static Stream<Bad> headers() {
        var post = gateway(Edge.with(HttpRequest.POST("/v1/events"), "application/json", "{\"text\":\"a\"}"));
        return Stream.of(
                new Bad("400 missing_field", post),
                new Bad("400 invalid_value", post.addHeader(Edge.header("ce-data", "{}"))),
                new Bad("400 invalid_value", post.addHeader(Edge.header("ce-id", "100%"))),
                new Bad("400 invalid_value", post.addHeader(Edge.header("ce-id", "é"))),
                new Bad("400 invalid_utf8", post.addHeader(Edge.header("ce-id", "%ff"))),
                new Bad(
                        "400 duplicate_field",
                        post.addHeader(Edge.header("ce-id", "1")).addHeader(Edge.header("CE-ID", "2"))));
    }

    @ParameterizedTest
    @MethodSource({"bodies", "types", "attributes", "data", "otherData", "headers"})
    void what_is_wrong_is_named_and_nobody_is_asked(Bad bad) throws Exception {
        var response = edge.ask(bad.request());

        assertThat(edge.problem(response)).isEqualTo(bad.answer());
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void all_that_is_wrong_is_named_at_once_by_pointer() throws Exception {
        var response = post(event(",\"id\":7,\"data\":{\"text\":\"a\",\"x/y\":1}"));

        assertThat(edge.json(response).path("errors").toString())
                .isEqualTo("[{\"pointer\":\"/id\",\"detail\":\"is not a string\"},"
                        + "{\"pointer\":\"/data/x~1y\",\"detail\":\"is unknown\"}]");
    }

    private static Bad bad(String type, String line) {
        var data = line.indexOf('{');
        return Bad.event(
                line.substring(0, data - 1), ",\"type\":\"%s\",\"data\":%s".formatted(type, line.substring(data)));
    }

    /** A good event, with {@code changes} (fields, each after a comma) in the place of its own. */
    static String event(String changes) {
        var good = """
                {"specversion":"1.0","type":"message.received","source":"/whatsapp/491701234","id":"e-1",\
                "subject":"+49 170 1234","data":{"text":"Hello?"}}""";
        try {
            var event = (ObjectNode) new JsonMapper().readTree(good);
            event.setAll((ObjectNode) new JsonMapper().readTree("{" + changes.replaceFirst("^,", "") + "}"));
            return event.toString();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(changes, e);
        }
    }

    private static HttpRequest binary(String data) {
        return gateway(Edge.with(HttpRequest.POST("/v1/events"), "application/json", data))
                .addHeader(Edge.header("ce-specversion", "1.0"))
                .addHeader(Edge.header("ce-type", "message.received"))
                .addHeader(Edge.header("ce-source", "/whatsapp/491701234"))
                .addHeader(Edge.header("ce-id", "e-1"))
                .addHeader(Edge.header("ce-subject", "+49%20170%201234"));
    }

    private static HttpRequest gateway(HttpRequest request) {
        return Edge.as("gateway.local-only", request);
    }

    private static HttpRequest structured(String body) {
        return structured(body.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpRequest structured(byte[] body) {
        return gateway(Edge.with(HttpRequest.POST("/v1/events"), STRUCTURED, body));
    }

    private static HttpRequest gzipped(byte[] body) {
        return structured(body).addHeader(Edge.header("Content-Encoding", "gzip"));
    }

    private static byte[] gzip(byte[] body) throws Exception {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        }
        return out.toByteArray();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private HttpResponse post(String body) throws Exception {
        return edge.ask(structured(body));
    }

    private HttpResponse post(HttpRequest request) throws Exception {
        return edge.ask(request);
    }

    private static Inbound received() {
        return ((Receive) edge.commands.getFirst()).event();
    }
}
