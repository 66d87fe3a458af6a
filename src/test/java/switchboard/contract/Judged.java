package switchboard.contract;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
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
        var type = mediaType(answer.entity());
        if (answer.status().isSuccess() && request.entity() instanceof HttpEntity.Strict sent && isOne(request)) {
            contract.request(method, path, mediaType(sent), text(sent));
        }
        if (answer.entity() instanceof HttpEntity.Strict body) {
            contract.answer(method, path, status, type, text(body));
            return answer;
        }
        contract.answer(method, path, status, type, "");
        var lines = new Lines(line -> contract.answer(method, path, status, type, line));
        return answer.withEntity(HttpEntities.create(
                answer.entity().getContentType(), answer.entity().getDataBytes().map(lines::pass)));
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
        var type = entity.getContentType()
                .toString()
                .toLowerCase(Locale.ROOT)
                .split(";", -1)[0]
                .strip();
        return type.equals("none/none") ? "" : type;
    }

    private static final class Lines {

        private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
        private final Consumer<String> each;

        Lines(Consumer<String> each) {
            this.each = each;
        }

        ByteString pass(ByteString bytes) {
            for (var b : bytes.toArray()) {
                if (b == '\n') {
                    judge(begun.toString(StandardCharsets.UTF_8));
                    begun.reset();
                } else {
                    begun.write(b);
                }
            }
            return bytes;
        }

        /** A stream fails with an exception; of an error it would tell nothing. */
        private void judge(String line) {
            try {
                each.accept(line);
            } catch (AssertionError e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    }

    private Judged() {}
}
