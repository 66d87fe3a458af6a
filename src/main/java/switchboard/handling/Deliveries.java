package switchboard.handling;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How far each message of ours has come: sent, accepted by the gateway, delivered, read; or failed. A report never
 * takes a message back. 16 bytes a message, in order of numbers; changes in place, confined to its actor.
 */
public final class Deliveries {

    /** In the order of merging: the highest seen stands. */
    public enum Step {
        SENT,
        /** What it said, or to whom, was erased before a gateway accepted it: it waits no more, and is to be reported as failed. */
        ERASED,
        ACCEPTED,
        FAILED,
        DELIVERED,
        READ
    }

    private int[] seqs = new int[0];
    private long[] sentAt = new long[0];
    private Step[] steps = new Step[0];
    private int size;
    private int firstWaiting;
    private int erased;
    private long erasure;

    /** The message with number {@code seq}, which was {@code said} as that number (0: to nobody), goes out. */
    public void sent(long seq, long said, Instant at) {
        if (size == seqs.length) {
            int length = Math.max(4, size * 2);
            seqs = Arrays.copyOf(seqs, length);
            sentAt = Arrays.copyOf(sentAt, length);
            steps = Arrays.copyOf(steps, length);
        }
        seqs[size] = Math.toIntExact(seq);
        steps[size] = said <= erasure ? Step.ERASED : Step.SENT;
        erased += said <= erasure ? 1 : 0;
        sentAt[size++] = at.toEpochMilli();
        passOn();
    }

    /** Whether {@code seq} is a message of ours. */
    public boolean has(long seq) {
        return index(seq) >= 0;
    }

    public void reached(long seq, Step step) {
        int index = index(seq);
        if (index >= 0 && steps[index].compareTo(step) < 0) {
            erased -= steps[index] == Step.ERASED ? 1 : 0;
            steps[index] = step;
        }
        passOn();
    }

    /** What was said up to the number {@code seq} is erased. */
    public void erased(long seq) {
        erasure = seq;
        for (int i = firstWaiting; i < size; i++) {
            if (steps[i] == Step.SENT) {
                steps[i] = Step.ERASED;
                erased++;
            }
        }
        passOn();
    }

    private void passOn() {
        while (firstWaiting < size && steps[firstWaiting] != Step.SENT) {
            firstWaiting++;
        }
    }

    public Optional<Step> step(long seq) {
        int index = index(seq);
        return index < 0 ? Optional.empty() : Optional.of(steps[index]);
    }

    /** The number of the oldest message that no gateway has accepted; 0 when none waits. */
    public long waiting() {
        return firstWaiting < size ? seqs[firstWaiting] : 0;
    }

    /** When the oldest message that no gateway has accepted was sent. */
    public Optional<Instant> waitingSince() {
        return firstWaiting < size ? Optional.of(Instant.ofEpochMilli(sentAt[firstWaiting])) : Optional.empty();
    }

    /** The numbers of those that were erased and are not reported as failed yet, at most {@code most}. */
    public long[] unreported(int most) {
        return erased == 0 ? new long[0] : numbers(0, Step.ERASED).limit(most).toArray();
    }

    /** The numbers of all that wait, at most {@code most}. */
    public long[] allWaiting(int most) {
        return numbers(firstWaiting, Step.SENT).limit(most).toArray();
    }

    private LongStream numbers(int from, Step step) {
        return IntStream.range(from, size).filter(i -> steps[i] == step).mapToLong(i -> seqs[i]);
    }

    /** The numbers of messages that wait since {@code until} or longer. */
    public long[] waitingUntil(Instant until) {
        return IntStream.range(firstWaiting, size)
                .filter(i -> steps[i] == Step.SENT && sentAt[i] <= until.toEpochMilli())
                .mapToLong(i -> seqs[i])
                .toArray();
    }

    private int index(long seq) {
        return seq > Integer.MAX_VALUE ? -1 : Arrays.binarySearch(seqs, 0, size, (int) seq);
    }
}
