package switchboard.workspace;

/** Lines of one log, one at a time. */
interface Feed {

    /** Whether one is there. */
    boolean ready();

    Line take();

    /** What was taken is passed on: the next, or the end. */
    void more();

    void cancel();
}
