package switchboard.logging;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;

/**
 * One line for collectors: {@code timestamp} (UTC, milliseconds), {@code level}, {@code logger}, {@code thread}, {@code message}; where
 * there is one, {@code exception} (its stack); where there are any, {@code context} (an object). It begins with its timestamp.
 */
final class JsonLine {

    static final String START = "{\"timestamp\":\"";

    /** Container runtimes cut lines apart at 16 KiB; with these a line stays under it. */
    private static final int LONGEST_MESSAGE = 4_000;

    private static final int LONGEST_EXCEPTION = 8_000;
    private static final JsonFactory JSON = new JsonFactory();
    private static final java.time.format.DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** With its newline; {@code exception} empty for none. */
    static String of(
            Instant at,
            String level,
            String logger,
            String thread,
            String message,
            String exception,
            Map<String, String> context) {
        var line = new StringWriter();
        try (var json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("timestamp", MILLIS.format(at));
            json.writeStringField("level", level);
            json.writeStringField("logger", logger);
            json.writeStringField("thread", thread);
            json.writeStringField("message", cut(message, LONGEST_MESSAGE));
            if (!exception.isEmpty()) {
                json.writeStringField("exception", cut(exception, LONGEST_EXCEPTION));
            }
            if (!context.isEmpty()) {
                json.writeObjectFieldStart("context");
                for (var it : context.entrySet()) {
                    json.writeStringField(it.getKey(), String.valueOf(it.getValue()));
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.append('\n').toString();
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + " …";
    }

    private JsonLine() {}
}
