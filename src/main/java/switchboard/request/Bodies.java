package switchboard.request;

import static switchboard.request.Headers.one;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;

/** Takes in a request's body: bounded in size, before and after inflation, and in time. */
public final class Bodies {

    /** Bytes, before and after inflation. */
    static final int LIMIT = 64 * 1024;

    private final ClassicActorSystemProvider system;
    private final Duration deadline;

    /** {@code deadline} counts from the headers to the last byte: the server's idle time-out lets a slow dripper be. */
    public Bodies(ClassicActorSystemProvider system, Duration deadline) {
        this.system = system;
        this.deadline = deadline;
    }

    /**
     * At most 64 KiB, inflated where it is gzip. Refused: {@code tooLarge}, BAD_REQUEST where it breaks off or an encoding
     * stands there twice, BODY_TOO_SLOW, BROKEN_GZIP, UNSUPPORTED_ENCODING.
     */
    public CompletionStage<byte[]> read(HttpRequest request, Fault tooLarge) {
        var gzip = isGzip(request);
        return request.entity()
                .withSizeLimit(LIMIT)
                .toStrict(deadline.toMillis(), LIMIT * 2L, system)
                .handle((body, failure) -> {
                    if (failure != null) {
                        throw why(failure, tooLarge);
                    }
                    return gzip ? inflated(bytes(body), tooLarge) : bytes(body);
                });
    }

    /** The content type's name in lower case; empty where there is none. Refused: another charset than UTF-8. */
    static String mediaType(HttpRequest request) {
        var parts = request.entity()
                .getContentType()
                .toString()
                .toLowerCase(Locale.ROOT)
                .split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip();
            if (parameter.startsWith("charset=") && !parameter.matches("charset=\"?utf-8\"?")) {
                throw new Problem(Fault.UNSUPPORTED_MEDIA_TYPE, "only UTF-8");
            }
        }
        var name = parts[0].strip();
        return name.equals("none/none") ? "" : name;
    }

    private static boolean isGzip(HttpRequest request) {
        var encoding =
                one(request, "Content-Encoding").orElse("identity").strip().toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default -> throw new Problem(Fault.UNSUPPORTED_ENCODING);
        };
    }

    private static byte[] bytes(HttpEntity.Strict body) {
        return body.getData().toArray();
    }

    private static byte[] inflated(byte[] body, Fault tooLarge) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            var bytes = in.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw new Problem(tooLarge, "over " + LIMIT + " bytes once inflated");
            }
            return bytes;
        } catch (IOException e) {
            throw new Problem(Fault.BROKEN_GZIP);
        }
    }

    private static RuntimeException why(Throwable failure, Fault tooLarge) {
        var cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return switch (cause) {
            case EntityStreamSizeException _ -> new Problem(tooLarge, "over " + LIMIT + " bytes");
            case TimeoutException _ -> new Problem(Fault.BODY_TOO_SLOW);
            default -> new Problem(Fault.BAD_REQUEST, "the body broke off");
        };
    }
}
