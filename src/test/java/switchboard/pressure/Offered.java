package switchboard.pressure;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * A stretch of pressure.
 *
 * @param begin in {@link System#nanoTime()}
 * @param answers that came meanwhile, also to what was sent before
 * @param unsent events that were due and for which no connection was free
 */
public record Offered(long begin, Duration time, List<Answer> answers, long unsent) {

    private static final long SECOND = 1_000_000_000;

    public Offered {
        answers = List.copyOf(answers);
    }

    public long count(Answer.Kind kind) {
        return answers.stream().filter(it -> it.kind() == kind).count();
    }

    /** Events a second that were acknowledged. */
    public double takenPerSecond() {
        return count(Answer.Kind.TAKEN) * 1e9 / time.toNanos();
    }

    /** Answers of all kinds a second. */
    public double answeredPerSecond() {
        return answers.size() * 1e9 / time.toNanos();
    }

    /** Of those taken, from when each was due to its acknowledgement, in milliseconds; {@code share} of 0.5 is the median. */
    public double taken(double share) {
        return milliseconds(answers.stream().filter(Answer::taken).toList(), it -> it.at() - it.due(), share);
    }

    /** Of those refused, from sending to the answer, in milliseconds; 0 where none was. */
    public double refused(double share) {
        var refused =
                answers.stream().filter(it -> it.kind() == Answer.Kind.REFUSED).toList();
        return milliseconds(refused, it -> it.at() - it.sent(), share);
    }

    /**
     * The first second from its begin on of which the events that were due in it had a median of at most {@code milliseconds};
     * empty if there was none.
     */
    public OptionalInt calmAfter(double milliseconds) {
        return IntStream.range(0, (int) time.toSeconds())
                .filter(second -> {
                    var due = dueIn(second);
                    return !due.isEmpty() && milliseconds(due, it -> it.at() - it.due(), 0.5) <= milliseconds;
                })
                .findFirst();
    }

    private List<Answer> dueIn(int second) {
        return answers.stream()
                .filter(Answer::taken)
                .filter(it -> it.due() >= begin && (it.due() - begin) / SECOND == second)
                .toList();
    }

    private static double milliseconds(List<Answer> answers, ToLongFunction<Answer> time, double share) {
        var times = answers.stream().mapToLong(time).sorted().toArray();
        return times.length == 0 ? 0 : times[(int) (share * (times.length - 1))] / 1e6;
    }
}
