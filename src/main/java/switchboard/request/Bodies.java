package switchboard.request;

import static switchboard.request.Headers.one;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.javadsl.Compression;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Takes in a request's body: bounded in size, before and after inflation, and in time. */
public final class Bodies {

    /** Bytes, before and after inflation. */
    static final int LIMIT = 64 * 1024;

    private static final int CHUNK = 64 * 1024;

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
        return read(request, LIMIT, tooLarge);
    }

    /**
     * The one JSON object of a request that has no parameters and takes JSON for an answer. Refused: as with {@link #read},
     * and by {@link Negotiation#json}, {@link Parameters#none}, {@link Fields#read}.
     */
    public CompletionStage<Fields> fields(HttpRequest request) {
        Negotiation.json(request);
        Parameters.none(request);
        return read(request, Fault.BODY_TOO_LARGE).thenApply(bytes -> Fields.read(request, bytes));
    }

    /** The same, of at most {@code limit} bytes. */
    public CompletionStage<byte[]> read(HttpRequest request, int limit, Fault tooLarge) {
        var gzip = isGzip(request);
        // Pekko's own check of the length says "broke off" of what is over twice the limit
        if (request.entity().getContentLengthOption().orElse(0) > limit) {
            return CompletableFuture.failedStage(new Problem(tooLarge, "over " + limit + " bytes"));
        }
        return request.entity()
                .withSizeLimit(limit)
                .toStrict(deadline.toMillis(), limit * 2L, system)
                .handle((body, failure) -> {
                    if (failure != null) {
                        throw why(failure, limit, tooLarge);
                    }
                    return gzip ? inflated(bytes(body), limit, tooLarge) : bytes(body);
                });
    }

    /**
     * As it comes, inflated where it is gzip; at most {@code limit} bytes before inflation, what it becomes is for the
     * reader to bound. Refused at once: BODY_TOO_LARGE by its length, BAD_REQUEST, UNSUPPORTED_ENCODING. The stream fails
     * with a {@link Problem}: BODY_TOO_LARGE, BODY_TOO_SLOW after {@code overall} or as {@link Pace} says, BROKEN_GZIP,
     * BAD_REQUEST where it breaks off.
     */
    public Source<ByteString, Object> stream(HttpRequest request, int limit, Duration overall) {
        var gzip = isGzip(request);
        var entity = request.entity();
        if (entity.getContentLengthOption().orElse(0) > limit) {
            throw new Problem(Fault.BODY_TOO_LARGE, "over " + limit + " bytes");
        }
        var bytes = entity.withSizeLimit(limit).getDataBytes().via(new Pace(deadline, overall));
        return (gzip ? bytes.via(Compression.gunzip(CHUNK)) : bytes)
                .mapError(Throwable.class, failure -> why(failure, limit, Fault.BODY_TOO_LARGE));
    }

    /** The content type's name in lower case; empty where there is none. Refused: another charset than UTF-8. */
    public static String mediaType(HttpRequest request) {
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

    private static byte[] inflated(byte[] body, int limit, Fault tooLarge) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            var bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new Problem(tooLarge, "over " + limit + " bytes once inflated");
            }
            return bytes;
        } catch (IOException e) {
            throw new Problem(Fault.BROKEN_GZIP);
        }
    }

    private static RuntimeException why(Throwable failure, int limit, Fault tooLarge) {
        var cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return switch (cause) {
            case Problem known -> known;
            case EntityStreamSizeException _ -> new Problem(tooLarge, "over " + limit + " bytes");
            case TimeoutException _ -> new Problem(Fault.BODY_TOO_SLOW);
            case ZipException _ -> new Problem(Fault.BROKEN_GZIP);
            default -> new Problem(Fault.BAD_REQUEST, "the body broke off");
        };
    }
}
