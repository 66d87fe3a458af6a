package switchboard.log;

/** Where a log ends: the last entry's number (0 before the first) and hash. */
public record Head(long seq, Hash hash) {

    /** Before the first entry. */
    public static Head of(String persistenceId) {
        return new Head(0, Hash.genesis(persistenceId));
    }

    /** After {@code entry}. */
    public static Head after(Entry entry) {
        return new Head(entry.seq(), entry.hash());
    }
}
