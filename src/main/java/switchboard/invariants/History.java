package switchboard.invariants;

import java.util.List;
import java.util.Set;

/**
 * A conversation as it was read back.
 *
 * @param events from the NDJSON history, opened
 * @param raw from the export: the exact stored bytes of each entry, without the line's end
 * @param head the hash that {@code verify} gave for the last entry; something else where it found anything wrong
 */
public record History(String conversation, List<Event> events, List<byte[]> raw, String head) {

    public History {
        events = List.copyOf(events);
        raw = List.copyOf(raw);
    }

    /**
     * One line of the history; {@code source}, {@code id} and {@code text} (of a report: the provider's id) are empty where the contents have none. Of an
     * entry that was appended again they are what it said first.
     */
    public record Event(
            long seq,
            String type,
            String at,
            String prev,
            String hash,
            String source,
            String id,
            String text,
            String author) {

        private static final Set<String> SOFTWARE = Set.of("bot", "system");

        /** From a line as it is served. */
        public static Event of(String line) {
            var json = Json.read(line);
            var data = json.path("data").path("original").isObject()
                    ? json.path("data").path("original")
                    : json.path("data");
            return new Event(
                    json.path("seq").asLong(),
                    json.path("type").asText(),
                    json.path("at").asText(),
                    json.path("prev").asText(),
                    json.path("hash").asText(),
                    data.path("source").asText(),
                    data.path("id").asText(),
                    data.path(data.has("text") ? "text" : "providerId").asText(),
                    data.path("author").asText());
        }

        /** Whether a gateway's event: a customer's message, or what its channel reports. */
        public boolean received() {
            return type.equals("message.received") || !id.isEmpty();
        }

        /** Whether a person of ours said it. */
        boolean ofAPerson() {
            return ours() && !SOFTWARE.contains(author);
        }

        /** Whether a message of ours. Of what was appended again, it has a text and no identity of a gateway's. */
        boolean ours() {
            var again = type.equals("entry.recovered") && id.isEmpty() && !text.isEmpty();
            return type.equals("message.sent") || again;
        }
    }

    /** The gateways' events in it. */
    public List<Event> received() {
        return events.stream().filter(Event::received).toList();
    }
}
