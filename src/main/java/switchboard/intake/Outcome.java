package switchboard.intake;

import switchboard.request.Fault;
import switchboard.wire.Refusal;

/** What became of one event. */
public sealed interface Outcome {

    /** On disk, with this number. */
    record Stored(long seq) implements Outcome {}

    /** Turned down by its conversation; nothing of it is stored, or, when UNAVAILABLE, perhaps. */
    record Refused(Refusal why) implements Outcome {}

    /** Not handed to its conversation, or lost by a bug of ours. */
    record Faulty(Fault why) implements Outcome {}

    /** Whether it may be that what comes after it would overtake it. */
    default boolean isFailure() {
        return switch (this) {
            case Stored _ -> false;
            case Refused it -> it.why() == Refusal.UNAVAILABLE;
            case Faulty it -> it.why().status() >= 500;
        };
    }
}
