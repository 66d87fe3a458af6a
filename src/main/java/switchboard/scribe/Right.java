package switchboard.scribe;

/** A node's right to write. */
public interface Right {

    /** The next incarnation's number: higher than that of any before that wrote to the same log, on whichever node. */
    long next();

    /** Whether what is written now is ours to write, and what was confirmed until now was. Costs next to nothing. */
    boolean held();
}
