package switchboard.play;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import switchboard.witness.Sender;

/** How far it is, said once a second. Counted by many threads. */
final class Progress implements Sender.Watch, AutoCloseable {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final PrintStream out;
    private final long total;
    private final long start = System.nanoTime();
    private final LongAdder turns = new LongAdder();
    private final LongAdder dialogues = new LongAdder();
    private final LongAdder open = new LongAdder();
    private final LongAdder answers = new LongAdder();
    private final LongAdder again = new LongAdder();
    private final LongAdder doubles = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicBoolean done = new AtomicBoolean();
    private final Thread speaker;

    /** Of {@code total} turns. */
    Progress(PrintStream out, long total) {
        this.out = out;
        this.total = total;
        this.speaker = Thread.ofVirtual().start(this::speak);
    }

    @Override
    public void answered() {
        answers.increment();
    }

    @Override
    public void turnedAway() {
        again.increment();
    }

    void begun() {
        open.increment();
    }

    void ended() {
        open.decrement();
        dialogues.increment();
    }

    /** Acknowledged for the first time. */
    void turn() {
        turns.increment();
    }

    void doubled() {
        doubles.increment();
    }

    void refused() {
        refused.increment();
    }

    /** Turns that were refused though they must not be. */
    long refusals() {
        return refused.sum();
    }

    /** What has happened until now. */
    String line() {
        var seconds = (System.nanoTime() - start) / 1e9;
        return String.format(
                Locale.ROOT,
                "[%4.0f s] %,d of %,d turns, %,.0f/s; %,d dialogues played, %,d open; %,d requests answered, %,d sent again, %,d doubled, %,d refused",
                seconds,
                turns.sum(),
                total,
                turns.sum() / seconds,
                dialogues.sum(),
                open.sum(),
                answers.sum(),
                again.sum(),
                doubles.sum(),
                refused.sum());
    }

    private void speak() {
        while (!done.get()) {
            LockSupport.parkNanos(SECOND);
            if (!done.get()) {
                out.println(line());
            }
        }
    }

    /** Says the last line. */
    @Override
    public void close() {
        done.set(true);
        LockSupport.unpark(speaker);
        out.println(line());
    }
}
