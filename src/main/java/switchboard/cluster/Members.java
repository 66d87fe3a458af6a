package switchboard.cluster;

/** The cluster as its node sees it now. */
public interface Members {

    /** Whether there can be no others. */
    default boolean alone() {
        return false;
    }

    /** Whether a node of that address takes part and can be reached; it can be relied on to give up its shards before another has them. */
    boolean has(String address);

    /** Whether it takes part, though it may not be reached for now. */
    boolean knows(String address);

    /** The node of that address can do no work any more: its cluster goes on without it. */
    void down(String address);

    /** A program alone. */
    Members NONE = new Members() {
        @Override
        public boolean alone() {
            return true;
        }

        @Override
        public boolean has(String address) {
            return false;
        }

        @Override
        public boolean knows(String address) {
            return false;
        }

        @Override
        public void down(String address) {
            throw new IllegalStateException("nobody else is here: " + address);
        }
    };
}
