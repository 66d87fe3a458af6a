package switchboard.versions;

import java.util.List;
import switchboard.understanding.Training;

/** How a request for training ended. Only after {@link Serves} something else serves than before. */
public sealed interface Ended {

    /** It serves. {@code notes}: what somebody should look at in the examples. */
    record Serves(Version version, List<Training.Note> notes) implements Ended {
        public Serves {
            notes = List.copyOf(notes);
        }
    }

    /** It is kept; another one is pinned. */
    record Kept(Version version) implements Ended {}

    /** Nothing can be learned from these examples. */
    record Refused(Training.Reason reason) implements Ended {}

    /** A later request of the tenant's came before its turn. */
    record Replaced() implements Ended {}

    /** The program is stopping. */
    record Stopped() implements Ended {}

    /** The disk refused to keep it. */
    record Unwritten() implements Ended {}

    /** A bug, or the encoder broke down; the log says which. */
    record Broken() implements Ended {}
}
