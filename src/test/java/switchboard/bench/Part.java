package switchboard.bench;

/** Some rows of the table that belong together, measured in one go. */
public interface Part {

    /** As in {@code -Donly}. */
    String name();

    /** Leaves the program running and quiet, or stopped; what it acknowledged is held against what is stored before it returns. */
    void measure(Stand stand, Findings findings) throws Exception;
}
