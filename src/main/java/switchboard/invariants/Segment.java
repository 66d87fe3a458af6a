package switchboard.invariants;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a reader was shown on one connection.
 *
 * @param after the number that he asked to go on from
 */
public record Segment(long after, List<Shown> shown) {

    /**
     * One event of the stream, as a reader notes it.
     *
     * @param hash the entry's own, which stays when its contents are erased
     * @param digest of the whole data
     */
    public record Shown(String id, String event, String hash, String digest) {

        /** From the stream's three fields as they came. */
        public static Shown of(String id, String event, String data) {
            return new Shown(id, event, Json.read(data).path("hash").asText(), digest(data));
        }

        static String digest(String data) {
            return Chain.hash(data.getBytes(StandardCharsets.UTF_8));
        }
    }

    public Segment {
        shown = List.copyOf(shown);
    }
}
