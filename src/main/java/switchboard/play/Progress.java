package switchboard.play;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import switchboard.invariants.Exchange.Answer;
import switchboard.invariants.Json;
import switchboard.witness.Judge;
import switchboard.witness.Sender;

/** How far it is, said once a second. Counted by many threads. */
final class Progress implements Sender.Watch, Judge.Watch, AutoCloseable {

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
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final LongAdder shown = new LongAdder();
    private final AtomicBoolean done = new AtomicBoolean();
    private final Thread speaker;
    private volatile String judging = "";

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

    void refused(Answer answer) {
        refusals.merge(
                answer.status() + " " + Json.read(answer.body()).path("code").asText(), 1, Integer::sum);
    }

    /** What was refused though it must not be: how often, by status and code. */
    Map<String, Integer> refusals() {
        return Map.copyOf(refusals);
    }

    /** A reader's connection has ended that showed so many events. */
    void shown(long events) {
        shown.add(events);
    }

    @Override
    public void judged(int threads, int all) {
        judging = String.format(Locale.ROOT, "%,d of %,d threads judged", threads, all);
    }

    /** Says how far it is. */
    void say() {
        var seconds = (System.nanoTime() - start) / 1e9;
        out.println(
                String.format(Locale.ROOT, "[%4.0f s] ", seconds) + (judging.isEmpty() ? played(seconds) : judging));
    }

    private String played(double seconds) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d turns, %,.0f/s; %,d dialogues played, %,d open; %,d requests answered, %,d sent again, %,d doubled, %,d refused; %,d events followed",
                turns.sum(),
                total,
                turns.sum() / seconds,
                dialogues.sum(),
                open.sum(),
                answers.sum(),
                again.sum(),
                doubles.sum(),
                refusals.values().stream().mapToInt(it -> it).sum(),
                shown.sum());
    }

    private void speak() {
        while (!done.get()) {
            LockSupport.parkNanos(SECOND);
            if (!done.get()) {
                say();
            }
        }
    }

    /** Says the last line. */
    @Override
    public void close() {
        done.set(true);
        LockSupport.unpark(speaker);
        say();
    }
}
