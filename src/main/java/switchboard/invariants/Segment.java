package switchboard.invariants;

import java.util.List;

/**
 * What a reader was shown on one connection.
 *
 * @param after the number that he asked to go on from
 */
public record Segment(long after, List<Shown> shown) {

    /** One event of the stream, its three fields as they came. */
    public record Shown(String id, String event, String data) {}

    public Segment {
        shown = List.copyOf(shown);
    }
}
