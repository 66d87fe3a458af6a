package switchboard.routing;

/**
 * Open addressing in tables whose length is a power of two: where what has that hash is looked for first, and where next. A place
 * whose hash is 0 is free.
 */
final class Probing {

    private static final int SPREAD = 0x9e37_79b9;

    /** So that its first bits are well mixed; never 0. */
    static int spread(int hash) {
        return hash * SPREAD | 1;
    }

    static int home(int hash, int length) {
        return hash >>> Integer.numberOfLeadingZeros(length - 1);
    }

    static int next(int at, int length) {
        return (at + 1) & (length - 1);
    }

    private Probing() {}
}
