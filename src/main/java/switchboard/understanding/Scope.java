package switchboard.understanding;

import switchboard.learning.Softmax;

/** How surely a message is something that is known. */
final class Scope {

    /** From 0 to 1. */
    static double of(double[] scores) {
        var most = 0.0;
        for (var share : Softmax.of(scores)) {
            most = Math.max(most, share);
        }
        return most;
    }

    private Scope() {}
}
