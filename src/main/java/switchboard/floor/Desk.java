package switchboard.floor;

import java.io.IOException;
import java.util.List;
import switchboard.invariants.Exchange.Answer;

/** The other side of one conversation. */
public interface Desk {

    /** Says {@code text}, under a key that is {@code number}'s in this thread. */
    Answer say(int number, String text) throws IOException, InterruptedException;

    /** Ends it, where somebody has it; what that was answered. */
    List<Answer> resolve() throws IOException, InterruptedException;
}
