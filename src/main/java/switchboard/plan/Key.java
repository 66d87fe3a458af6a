package switchboard.plan;

import java.time.Duration;
import java.time.Instant;

/**
 * Whose turn it is: the earlier {@link #moment()} first. Made once, when a contact first enters a queue, and kept for as
 * long as it waits, wherever it is moved: nobody starves.
 *
 * @param enteredAt when it began to wait
 * @param boost how much earlier its priority puts it
 * @param target within what time its queue promised an agent; zero where nothing was
 */
public record Key(Instant enteredAt, Duration boost, Duration target) {

    /** When it is due. */
    public Instant moment() {
        return enteredAt.plus(target).minus(boost);
    }
}
