package switchboard.sse;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.apache.pekko.util.ByteString;

/** What a stream of server-sent events is made of. */
public final class Frames {

    /** A comment: says that somebody is there. */
    static final ByteString HEARTBEAT = ByteString.fromString(":\n\n");

    private static final Pattern WORD = Pattern.compile("[a-z._-]{1,60}");

    /** An event that a reader resumes after; {@code data} is one line. A type that somebody changed is not passed on. */
    public static ByteString event(long id, String type, byte[] data) {
        return event(Long.toString(id), type, data);
    }

    /** The same; {@code id} is visible ASCII. */
    public static ByteString event(String id, String type, byte[] data) {
        var name = WORD.matcher(type).matches() ? type : "entry.unreadable";
        return ascii("id: " + id + "\nevent: " + name + "\ndata: ")
                .concat(ByteString.fromArrayUnsafe(data))
                .concat(ascii("\n\n"));
    }

    /** An event that nobody resumes after; {@code data} is one line. */
    public static ByteString event(String type, byte[] data) {
        return ascii("event: " + type + "\ndata: ")
                .concat(ByteString.fromArrayUnsafe(data))
                .concat(ascii("\n\n"));
    }

    /** The last event: why there will be no more on this connection. It has no id, so that the number before counts. */
    public static ByteString end(String code) {
        return ascii("event: end\ndata: {\"code\":\"" + code + "\"}\n\n");
    }

    /** When to come again after the end: somewhere from {@code least} to three times of it, lest all come at once. */
    static ByteString retry(Duration least) {
        var millis = least.toMillis();
        return ascii("retry: " + ThreadLocalRandom.current().nextLong(millis, 3 * millis + 1) + "\n\n");
    }

    private static ByteString ascii(String text) {
        return ByteString.fromArrayUnsafe(text.getBytes(StandardCharsets.US_ASCII));
    }

    private Frames() {}
}
