package switchboard.contract;

import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;

/** Answers in memory, each judged by the contract: at once, or line by line as it is read. */
public final class Judged {

    private static final Set<String> MANY = Set.of("application/x-ndjson", "application/cloudevents-batch+json");

    /** {@code answer}, which the contract must allow as an answer to {@code request}. */
    public static HttpResponse answer(HttpRequest request, HttpResponse answer) {
        if (request.method().equals(HttpMethods.OPTIONS)) {
            return answer;
        }
        var contract = Contract.ours();
        var method = request.method().value();
        var path = request.getUri().getPathString();
        var status = answer.status().intValue();
        if (answer.status().isSuccess() && request.entity() instanceof HttpEntity.Strict sent && isOne(request)) {
            contract.request(method, path, mediaType(sent), text(sent));
        }
        var reading = new Reading(method, path, status, contentType(answer.entity()));
        if (answer.entity() instanceof HttpEntity.Strict body) {
            reading.take(body.getData().toArray());
            reading.end();
            return answer;
        }
        reading.end();
        return answer.withEntity(HttpEntities.create(
                answer.entity().getContentType(), answer.entity().getDataBytes().map(bytes -> passed(reading, bytes))));
    }

    /** A stream fails with an exception; of an error it would tell nothing. */
    private static ByteString passed(Reading reading, ByteString bytes) {
        try {
            reading.take(bytes.toArray());
            return bytes;
        } catch (AssertionError e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Of many some may be refused. */
    private static boolean isOne(HttpRequest request) {
        var isMany = MANY.contains(mediaType(request.entity()));
        return !isMany
                && request.getHeader("Content-Encoding").isEmpty()
                && !request.entity().isKnownEmpty();
    }

    private static String text(HttpEntity.Strict entity) {
        return entity.getData().utf8String();
    }

    private static String mediaType(HttpEntity entity) {
        return Reading.mediaType(contentType(entity));
    }

    private static String contentType(HttpEntity entity) {
        var type = entity.getContentType().toString();
        return type.equals("none/none") ? "" : type;
    }

    private Judged() {}
}
