package switchboard.witness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Server-sent events out of the bytes of a stream. */
public final class ServerEvents {

    /** One event; {@code data} of one line, which is all that the contract knows. */
    public record Event(String id, String event, String data) {}

    /** Takes one event; whether it wants the next. */
    public interface Reader {
        boolean take(Event event) throws IOException, InterruptedException;
    }

    /** Returns when the stream ends or {@code reader} has enough; a broken one is an {@link IOException}. */
    public static void read(InputStream body, Reader reader) throws IOException, InterruptedException {
        var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        Map<String, String> fields = new HashMap<>();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).stripLeading());
            } else if (line.isEmpty() && fields.containsKey("data")) {
                var event = new Event(
                        fields.getOrDefault("id", ""),
                        fields.getOrDefault("event", "message"),
                        fields.getOrDefault("data", ""));
                if (!reader.take(event)) {
                    return;
                }
                fields.clear();
            }
        }
    }

    private ServerEvents() {}
}
