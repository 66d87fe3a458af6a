package switchboard.intake;

import org.apache.pekko.util.ByteString;
import switchboard.request.Problem;
import switchboard.wire.Inbound;

/** What stands at one place of a bulk body; {@code index} counts from 0, physical lines or a batch's elements. */
public sealed interface Line {

    int index();

    /** Not yet read; at most 64 KiB. */
    record Text(int index, ByteString json) implements Line {}

    /**
     * An event as it came in.
     *
     * @param bytes of its JSON
     */
    record Event(int index, Inbound event, int bytes) implements Line {}

    /** No event, and why; {@code id} is empty where it has none that can be told. */
    record Bad(int index, String id, Problem why) implements Line {}

    /** What it takes in memory, roughly. */
    default long weight() {
        return switch (this) {
            case Text it -> it.json().size();
            case Event it -> it.bytes();
            case Bad _ -> 0;
        };
    }
}
