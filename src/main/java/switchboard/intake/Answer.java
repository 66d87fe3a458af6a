package switchboard.intake;

import switchboard.request.Problem;
import switchboard.wire.Refusal;

/** What a line is answered; {@code id} is the event's own, empty where it has none that can be told. */
public sealed interface Answer {

    int index();

    String id();

    /** On disk, at this place. */
    record Stored(int index, String id, String conversation, long seq) implements Answer {}

    /** Turned down by its conversation. */
    record Refused(int index, String id, Refusal why) implements Answer {}

    /** Turned down by the edge. */
    record Faulty(int index, String id, Problem why) implements Answer {}
}
