package switchboard.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Server-sent events as a client takes them: an empty line ends each, several lines of data are one text. */
final class Frames {

    private static final Set<String> FIELDS = Set.of("id", "event", "data", "retry");

    /** One of them; {@code data} is empty where it tells nothing: a comment, a time to come again. */
    record Frame(String id, String event, String data) {}

    /** Those that are whole. An {@link AssertionError} names a line that is none of a stream. */
    static List<Frame> of(String stream) {
        var frames = new ArrayList<Frame>();
        var end = stream.lastIndexOf("\n\n");
        if (end >= 0) {
            for (var block : stream.substring(0, end).split("\n\n+", -1)) {
                frames.add(frame(block));
            }
        }
        return frames;
    }

    private static Frame frame(String block) {
        var id = "";
        var event = "";
        var data = new ArrayList<String>();
        for (var line : block.lines().filter(it -> !it.startsWith(":")).toList()) {
            var colon = line.indexOf(": ");
            var name = colon < 0 ? line : line.substring(0, colon);
            if (!FIELDS.contains(name) || colon < 0) {
                throw new AssertionError("no line of an event stream: " + line);
            }
            var value = line.substring(colon + 2);
            switch (name) {
                case "id" -> id = value;
                case "event" -> event = value;
                case "data" -> data.add(value);
                default -> number(value);
            }
        }
        return new Frame(id, event, String.join("\n", data));
    }

    private static void number(String retry) {
        if (!retry.matches("[1-9][0-9]{2,5}")) {
            throw new AssertionError("no time in milliseconds: " + retry);
        }
    }

    private Frames() {}
}
