package switchboard.history;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import switchboard.journal.Journal.Row;
import switchboard.scribe.Told;

/**
 * One log's entries after a number: those that are there, then those that come, each once, without a gap, for as
 * long as they are taken. It asks the actor to be told and where the head is, reads the journal up to that head, then goes
 * on with what it was told. Whatever goes wrong (the actor ends, a message is lost, more is told than is held for one who
 * takes slowly, the journal is away) it begins so again after the last number that was taken.
 */
public final class Live extends GraphStage<SourceShape<Row>> {

    /** Where a log's actor stands: all up to {@code head} is in the journal, all after it is told, for as long as it lives. */
    public record At(long head, ActorRef<?> by) {}

    /** One log, as its readers know it. */
    public interface Followed {

        /** Has {@code reader} told of what comes; again from the same reader: no second time. */
        CompletionStage<At> follow(ActorRef<Told> reader);

        /** The entries that stand with numbers in (after, until]. */
        Source<Row, NotUsed> read(long after, long until);
    }

    /**
     * How much is held for a reader, and how often it is looked after.
     *
     * @param most entries that are told and not taken yet, for each reader
     * @param mostBytes of all of them
     * @param again follows anew so often, more or less: it keeps the actor awake and finds a message that was lost
     * @param pause before the next try after a failure; doubled each time, up to 5 s
     */
    public record Pace(int most, long mostBytes, Duration again, Duration pause) {

        /** For one of so many streams that share what one may hold. */
        public Pace shared(int among) {
            return new Pace(Math.max(most / among, LEAST), Math.max(mostBytes / among, LEAST), again, pause);
        }
    }

    /** What all readers of a node went through. */
    public record Counts(LongAdder resumed, LongAdder refollowed, LongAdder failures, LongAdder holes) {
        public Counts() {
            this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
        }
    }

    private static final int LEAST = 4;

    final Outlet<Row> out = Outlet.create("entries");
    final Followed followed;
    final long after;
    final long until;
    final Pace pace;
    final Counts counts;
    final Waiting waiting;

    private final SourceShape<Row> shape = SourceShape.of(out);

    /** Ends with the number {@code until}, which is above {@code after}. */
    public Live(Followed followed, long after, long until, Pace pace, Counts counts, Waiting waiting) {
        this.followed = followed;
        this.after = after;
        this.until = until;
        this.pace = pace;
        this.counts = counts;
        this.waiting = waiting;
    }

    /** Since when a reader has not taken what there is for him. Written by one stream, read by anybody. */
    public static final class Waiting {

        private volatile long since;

        /** For how long, at {@code now} of {@link System#nanoTime}; empty while nothing waits. */
        public Optional<Duration> at(long now) {
            var began = since;
            return began == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(now - began));
        }

        /** Whether there is something now that he does not take. By that stream alone. */
        public void waits(boolean so) {
            if (!so) {
                since = 0;
            } else if (since == 0) {
                since = System.nanoTime() | 1;
            }
        }
    }

    /** {@code mean}, give or take a fifth, so that many do not do it at once. */
    static Duration jittered(Duration mean) {
        return Duration.ofNanos((long)
                (mean.toNanos() * (0.8 + 0.4 * ThreadLocalRandom.current().nextDouble())));
    }

    @Override
    public SourceShape<Row> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new LiveLogic(this);
    }
}
