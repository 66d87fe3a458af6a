package switchboard.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.edge.Edge;
import switchboard.edge.Posts;

/** What is refused of what gateways post, and how it is named. */
class CloudEventsRefusedTest {

    @AutoClose
    private static final Edge edge = new Edge();

    @BeforeEach
    void fresh() {
        edge.asked.clear();
    }

    record Bad(String answer, HttpRequest request) {
        static Bad event(String answer, String changes) {
            return new Bad(answer, Posts.structured(Posts.event(changes)));
        }

        static Bad raw(String answer, String body) {
            return new Bad(answer, Posts.structured(body));
        }

        @Override
        public String toString() {
            return answer;
        }
    }

    static Stream<Bad> bodies() throws Exception {
        var plain = Posts.event("").getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                Bad.raw("400 broken_json", ""),
                Bad.raw("400 broken_json", "{"),
                Bad.raw("400 broken_json", Posts.event("") + "x"),
                Bad.raw("400 broken_json", Posts.event("") + Posts.event("")),
                Bad.raw("400 broken_json", "{'a':1}"),
                Bad.raw("400 broken_json", "{\"priority\":" + "9".repeat(2_000) + "}"),
                Bad.raw("400 broken_json", "\ufeff" + Posts.event("")),
                Bad.raw("400 wrong_type", "[]"),
                Bad.raw("400 wrong_type", "\"event\""),
                Bad.raw("400 wrong_type", "null"),
                Bad.raw("400 duplicate_field", Posts.event("").replaceFirst("\\{", "{\"id\":\"other\",")),
                Bad.raw(
                        "400 duplicate_field",
                        Posts.event(",\"data\":{\"text\":\"a\"}").replace("{\"text\"", "{\"text\":\"b\",\"text\"")),
                Bad.raw("400 too_deep", "{\"data\":" + "[".repeat(16) + "]".repeat(16) + "}"),
                Bad.raw("400 too_deep", "[".repeat(60_000)),
                new Bad("400 invalid_utf8", Posts.structured(latin1("{\"id\":\"é\"}"))),
                new Bad(
                        "400 invalid_utf8",
                        Posts.structured(new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'})),
                new Bad("400 invalid_utf8", Posts.structured(new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'})),
                new Bad("400 broken_json", Posts.structured(Posts.event("").getBytes(StandardCharsets.UTF_16LE))),
                Bad.raw("400 invalid_utf8", Posts.event("").replace("Hello?", "\\ud800")),
                Bad.raw("400 invalid_utf8", Posts.event("").replace("e-1", "a\\udc00b")),
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
                new Bad("413 event_too_large", Posts.gzipped(Posts.gzip(new byte[10_000_000]))),
                new Bad("400 broken_gzip", Posts.gzipped(plain)),
                new Bad("400 broken_gzip", Posts.gzipped(Arrays.copyOf(Posts.gzip(plain), 40))),
                new Bad("400 broken_gzip", Posts.gzipped(new byte[0])),
                new Bad(
                        "415 unsupported_encoding",
                        Posts.structured(plain).addHeader(Edge.header("Content-Encoding", "br"))),
                new Bad(
                        "415 unsupported_encoding",
                        Posts.structured(plain).addHeader(Edge.header("Content-Encoding", "gzip, gzip"))));
    }

    static Stream<Bad> types() {
        return Stream.of(
                        "text/plain; charset=UTF-8",
                        "application/cloudevents+json; charset=ISO-8859-1",
                        "application/octet-stream")
                .map(type -> new Bad(
                        "415 unsupported_media_type",
                        Posts.gateway(Edge.with(HttpRequest.POST("/v1/events"), type, Posts.event("")))));
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
                        "400 invalid_value {\"text\":\"a\",\"customer\":{\"tier\":\"Gold!\"}}",
                        "400 invalid_value {\"text\":\"a\",\"customer\":{\"tier\":\"%s\"}}".formatted("g".repeat(41)),
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
        var post = Posts.gateway(Edge.with(HttpRequest.POST("/v1/events"), "application/json", "{\"text\":\"a\"}"));
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
        var response = edge.ask(Posts.structured(Posts.event(",\"id\":7,\"data\":{\"text\":\"a\",\"x/y\":1}")));

        assertThat(edge.json(response).path("errors").toString())
                .isEqualTo("[{\"pointer\":\"/id\",\"detail\":\"is not a string\"},"
                        + "{\"pointer\":\"/data/x~1y\",\"detail\":\"is unknown\"}]");
    }

    private static Bad bad(String type, String line) {
        var data = line.indexOf('{');
        return Bad.event(
                line.substring(0, data - 1), ",\"type\":\"%s\",\"data\":%s".formatted(type, line.substring(data)));
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
