package switchboard.pressure;

/**
 * To one event.
 *
 * @param due when it was to be sent, in {@link System#nanoTime()}
 * @param sent when it was
 * @param at when the answer was there
 */
public record Answer(long due, long sent, long at, Kind kind) {

    /** What it says. */
    public enum Kind {
        /** 201: stored. */
        TAKEN,
        /** 503 before anything of it was read. */
        REFUSED,
        /** 503 for another reason, or the connection's end: it may be stored or not. */
        UNCERTAIN
    }

    boolean taken() {
        return kind == Kind.TAKEN;
    }
}
