package switchboard.scribe;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/**
 * The row that has one log woken: written in parallel with the first entry that makes a debt, and deleted when nothing is
 * owed.
 */
public final class DebtRow {

    /** What usually is settled within milliseconds is looked after so soon. */
    public static final Duration SOON = Duration.ofMinutes(1);

    /** Of a row that had the log woken: it is past, or at most {@link #SOON} ahead. */
    private static final Instant PASSING = Instant.EPOCH;

    private static final CompletionStage<Done> NOTHING = CompletableFuture.completedFuture(Done.getInstance());

    private final String pid;
    private final Desk desk;
    private CompletionStage<Done> row = NOTHING;
    private Instant wakeAt = Instant.MAX;

    /** Of the log {@code pid}, of which none is known yet. */
    public DebtRow(String pid, Desk desk) {
        this.pid = pid;
        this.desk = desk;
    }

    /** To be woken soon, unless that is so already. */
    public void soon(Instant now) {
        if (wakeAt.isAfter(now.plus(SOON))) {
            owe(now.plus(SOON));
        }
    }

    /** To be woken then, unless that is so sooner already. */
    public void by(Instant at) {
        if (wakeAt.isAfter(at) || wakeAt.equals(PASSING)) {
            owe(at);
        }
    }

    /** The row has had its effect: in its time, or before it after a start. */
    public void woken() {
        wakeAt = PASSING;
    }

    /** Deletes the row where nothing is {@code due}; moves it on where its time has come. */
    public void settle(Optional<Instant> due, Instant now) {
        if (due.isEmpty() && !wakeAt.equals(Instant.MAX)) {
            wakeAt = Instant.MAX;
            row = NOTHING;
            // a row that stays because this fails costs one needless wake
            var _ = desk.settle().apply(pid);
        } else if (due.isPresent() && !wakeAt.isAfter(now)) {
            owe(due.get());
        }
    }

    /** Writes the row: to be woken then. */
    public void owe(Instant at) {
        wakeAt = at;
        row = desk.owe().apply(pid, at);
    }

    /** Done when the row stands; one that could not be written is tried once more. */
    public CompletionStage<Done> stands() {
        if (row.toCompletableFuture().isCompletedExceptionally()) {
            owe(wakeAt);
        }
        return row;
    }
}
