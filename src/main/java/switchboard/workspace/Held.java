package switchboard.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import switchboard.log.Entry;

/** What an agent holds: of that conversation, since that epoch. */
record Held(String conversation, int epoch) {

    private static final String GRANTED = "hold.granted";
    private static final String ENDED = "hold.ended";

    /** The reservation {@code {conversation}.{epoch}}. */
    static Held of(String reservation) {
        var dot = reservation.lastIndexOf('.');
        return new Held(reservation.substring(0, dot), Integer.parseInt(reservation.substring(dot + 1)));
    }

    /** What she holds from that entry of her log on. */
    static Optional<Held> granted(Entry entry) {
        return named(entry, GRANTED);
    }

    /** What she holds no more. */
    static Optional<Held> ended(Entry entry) {
        return named(entry, ENDED);
    }

    private static Optional<Held> named(Entry entry, String type) {
        return entry.type().equals(type)
                ? Optional.of(of(entry.data(JsonNode.class).path("reservation").asText()))
                : Optional.empty();
    }
}
