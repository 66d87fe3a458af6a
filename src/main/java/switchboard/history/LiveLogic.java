package switchboard.history;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Terminated;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.OutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;
import switchboard.history.Live.At;
import switchboard.journal.Journal.Row;
import switchboard.log.Entry;
import switchboard.scribe.Told;
import switchboard.wire.Refusal;

/**
 * {@link Live} for one reader: asking where the head is, reading up to it, or taking what is told; while it asks and reads,
 * what is told waits in the backlog.
 */
final class LiveLogic extends TimerGraphStageLogic implements OutHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LiveLogic.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int TRIES_AT_A_HOLE = 3;
    private static final String AGAIN = "again";
    private static final String PAUSED = "paused";

    /** What came of the question with that number: one of the two. */
    private record Answer(int number, Optional<At> at, Optional<Throwable> no) {}

    private final Live live;
    private final Backlog told;
    private final AsyncCallback<Answer> answers;
    private Optional<StageActor> self = Optional.empty();
    private Optional<ActorRef> by = Optional.empty();
    private Optional<Reading> reading = Optional.empty();
    private boolean asking;
    private int asked;
    private boolean fruitless;
    private long last;
    private int failures;
    private int holes;

    LiveLogic(Live live) {
        super(live.shape());
        this.live = live;
        this.last = live.after;
        this.told = new Backlog(live.pace.most(), live.pace.mostBytes());
        this.answers = createAsyncCallback(this::answered);
        setHandler(live.out, this);
    }

    @Override
    public void preStart() {
        self = Optional.of(getStageActor(message -> {
            heard(message);
            return scala.runtime.BoxedUnit.UNIT;
        }));
        scheduleOnce(AGAIN, Live.jittered(live.pace.again()));
        begin();
    }

    @Override
    public void postStop() {
        live.waiting.waits(false);
    }

    @Override
    public void onPull() {
        next();
    }

    @Override
    public void onTimer(Object key) {
        if (key.equals(PAUSED)) {
            begin();
            return;
        }
        scheduleOnce(AGAIN, Live.jittered(live.pace.again()));
        if (!asking) {
            fruitless = false;
            failures = 0;
            ask();
        }
    }

    /** From the last number that was taken. */
    private void begin() {
        asking = true;
        fruitless = true;
        told.begin();
        ask();
    }

    private void ask() {
        var reader = self.orElseThrow().ref();
        var number = ++asked;
        live.followed
                .follow(Adapter.toTyped(reader))
                .whenComplete((at, no) ->
                        answers.invoke(new Answer(number, Optional.ofNullable(at), Optional.ofNullable(no))));
    }

    /** Only the latest question's answer counts: an earlier one tells of a head that may be long past. */
    private void answered(Answer answer) {
        if (answer.number() == asked) {
            answer.at()
                    .ifPresentOrElse(
                            this::following, () -> notFollowing(answer.no().orElseThrow()));
            next();
        }
    }

    private void following(At at) {
        watch(Adapter.toClassic(at.by()));
        var head = at.head();
        if (!asking) {
            told.heardOf(head);
        } else if (head < last) {
            completeStage();
        } else {
            asking = false;
            told.from(head);
            read(Math.min(head, live.until));
        }
    }

    /** What once was there and is no more has no history to go on with. */
    private void notFollowing(Throwable no) {
        var why = no instanceof CompletionException e && e.getCause() != null ? e.getCause() : no;
        if (why instanceof StatusReply.ErrorMessage e
                && Refusal.NOT_FOUND.name().equals(e.getMessage())) {
            completeStage();
        } else if (asking) {
            pause();
        } else {
            told.tear();
        }
    }

    private void watch(ActorRef incarnation) {
        if (!by.equals(Optional.of(incarnation))) {
            by.ifPresent(earlier -> self.orElseThrow().unwatch(earlier));
            by = Optional.of(incarnation);
            self.orElseThrow().watch(incarnation);
        }
    }

    private void heard(Tuple2<ActorRef, Object> message) {
        switch (message._2()) {
            case Told m -> m.entries().forEach(bytes -> told.add(Entry.of(bytes)));
            case Terminated t
            when by.equals(Optional.of(t.getActor())) -> {
                by = Optional.empty();
                told.tear();
            }
            default -> LOG.debug("a reader is told what it does not know");
        }
        next();
    }

    /** Gives the reader what there is, if he waits for it; looks for more where there may be more. */
    private void next() {
        if (isClosed(live.out)) {
            return;
        }
        if (!asking && reading.isEmpty() && told.isEmpty() && told.torn()) {
            live.counts.refollowed().increment();
            anew();
        } else if (!asking && isAvailable(live.out)) {
            reading.ifPresentOrElse(Reading::more, () -> told.poll().ifPresent(this::give));
        }
        live.waiting.waits(!isAvailable(live.out) && (reading.isPresent() || !told.isEmpty()));
    }

    /** One who is told of nothing but ends asks with pauses. */
    private void anew() {
        if (fruitless) {
            pause();
        } else {
            begin();
        }
    }

    private void give(Row row) {
        fruitless = false;
        failures = 0;
        holes = 0;
        push(live.out, row);
        reached(row.number());
    }

    private void reached(long number) {
        last = number;
        if (last >= live.until) {
            completeStage();
        }
    }

    private void pause() {
        asking = true;
        live.counts.failures().increment();
        var pause = live.pace.pause().multipliedBy(1L << Math.min(failures++, 10));
        scheduleOnce(PAUSED, Live.jittered(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
    }

    private void read(long head) {
        if (head > last) {
            var it = new Reading(head);
            reading = Optional.of(it);
            live.followed.read(last, head).runWith(it.sink(), subFusingMaterializer());
        }
    }

    /**
     * A log's row that is not there: whoever confirmed it saw it, so it is asked for again, and then the damage is passed
     * over; naming it is the work of the audit.
     */
    private boolean isHole(long expected) {
        if (expected <= last + 1 || holes >= TRIES_AT_A_HOLE) {
            return false;
        }
        if (++holes == TRIES_AT_A_HOLE) {
            live.counts.holes().increment();
        }
        return true;
    }

    /** The journal, from the last number to the head that the actor named. */
    private final class Reading extends AbstractInHandler {

        private final SubSinkInlet<Row> rows = new SubSinkInlet<>("journal");
        private final long head;

        Reading(long head) {
            this.head = head;
            rows.setHandler(this);
        }

        org.apache.pekko.stream.Graph<org.apache.pekko.stream.SinkShape<Row>, org.apache.pekko.NotUsed> sink() {
            return rows.sink();
        }

        void more() {
            if (!rows.hasBeenPulled() && !rows.isClosed()) {
                rows.pull();
            }
        }

        @Override
        public void onPush() {
            var row = rows.grab();
            if (isHole(row.number())) {
                rows.cancel();
                again();
            } else if (row.number() > last) {
                give(row);
            }
            next();
        }

        @Override
        public void onUpstreamFinish() {
            if (isHole(head + 1)) {
                again();
            } else {
                reading = Optional.empty();
                reached(Math.max(last, head));
            }
            next();
        }

        @Override
        public void onUpstreamFailure(@Nullable Throwable failure) {
            LOG.warn("a reader waits for the journal", failure);
            again();
            next();
        }

        private void again() {
            reading = Optional.empty();
            pause();
        }
    }
}
