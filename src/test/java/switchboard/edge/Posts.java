package switchboard.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** What a gateway posts. */
public final class Posts {

    private static final String STRUCTURED = "application/cloudevents+json";

    /** A good event, with {@code changes} (fields, each after a comma) in the place of its own. */
    public static String event(String changes) {
        var good = """
                {"specversion":"1.0","type":"message.received","source":"/whatsapp/491701234","id":"e-1",\
                "subject":"+49 170 1234","data":{"text":"Hello?"}}""";
        try {
            var event = (ObjectNode) new JsonMapper().readTree(good);
            event.setAll((ObjectNode) new JsonMapper().readTree("{" + changes.replaceFirst("^,", "") + "}"));
            return event.toString();
        } catch (JsonProcessingException e) {
            throw new AssertionError(changes, e);
        }
    }

    public static HttpRequest gateway(HttpRequest request) {
        return Edge.as("gateway.local-only", request);
    }

    public static HttpRequest structured(String body) {
        return structured(body.getBytes(StandardCharsets.UTF_8));
    }

    public static HttpRequest structured(byte[] body) {
        return gateway(Edge.with(HttpRequest.POST("/v1/events"), STRUCTURED, body));
    }

    public static HttpRequest gzipped(byte[] body) {
        return structured(body).addHeader(Edge.header("Content-Encoding", "gzip"));
    }

    public static byte[] gzip(byte[] body) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        }
        return out.toByteArray();
    }

    private Posts() {}
}
