package switchboard.evaluation;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import switchboard.learning.Watch;

/** Says how far training is, at most once a second. */
final class Progress implements Watch {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final PrintStream out;
    private final long start = System.nanoTime();
    private long said = start - SECOND;

    Progress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void at(String stage, int done, int all) {
        var now = System.nanoTime();
        if (now - said >= SECOND) {
            said = now;
            out.printf(Locale.ROOT, "[%4.0f s] %s: %,d of %,d%n", (now - start) / 1e9, stage, done, all);
        }
    }
}
