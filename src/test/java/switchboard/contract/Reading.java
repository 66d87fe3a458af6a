package switchboard.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Map;

/**
 * The contract's word on one answer while it is read: on what comes in parts, part by part (a line, an event of a stream), on
 * all else when it is whole. What was cut off in the middle is not judged.
 */
public final class Reading {

    private static final Map<String, String> PARTS = Map.of(
            "application/x-ndjson", "\n",
            "application/vnd.switchboard.log", "\n",
            "text/event-stream", "\n\n");

    private final String method;
    private final String path;
    private final int status;
    private final String mediaType;
    private final String end;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /** Of what {@code method} on {@code path} is answered; the media type as the header has it, empty for none. */
    public Reading(String method, String path, int status, String contentType) {
        this.method = method;
        this.path = path;
        this.status = status;
        this.mediaType = mediaType(contentType);
        this.end = PARTS.getOrDefault(mediaType, "");
    }

    /** Lower case, without parameters. */
    static String mediaType(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).split(";", -1)[0].strip();
    }

    /** The next bytes of the body. */
    public void take(byte[] bytes) {
        for (var b : bytes) {
            begun.write(b);
            if (b == '\n' && !end.isEmpty()) {
                part();
            }
        }
    }

    private void part() {
        var text = begun.toString(UTF_8);
        if (text.endsWith(end)) {
            begun.reset();
            judge(text);
        }
    }

    /** That was all. */
    public void end() {
        judge(end.isEmpty() ? begun.toString(UTF_8) : "");
    }

    private void judge(String body) {
        Contract.ours().answer(method, path, status, mediaType, body);
    }
}
