package switchboard.storage;

import java.time.Duration;
import switchboard.wire.CannotStart;

/** Between two attempts while the program starts; an interruption ends the start. */
final class Pause {

    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted", e);
        }
    }

    private Pause() {}
}
