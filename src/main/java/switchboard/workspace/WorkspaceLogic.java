package switchboard.workspace;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.OutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.agent.Agent.Following;
import switchboard.workspace.Cursor.Place;

/** {@link Workspace} for one stream. */
final class WorkspaceLogic extends TimerGraphStageLogic implements OutHandler {

    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceLogic.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final long UNKNOWN = -1;
    private static final String DELETED = "agent.deleted";

    private final Workspace it;
    private final AsyncCallback<Following> connected;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Deque<Member> turns = new ArrayDeque<>();
    private Optional<Shown> first;
    private Optional<Lines> own = Optional.empty();
    private long seq;
    private long known = UNKNOWN;

    WorkspaceLogic(Workspace it) {
        super(it.shape());
        this.it = it;
        this.first = it.first();
        this.seq = it.from.seq();
        this.connected = createAsyncCallback(this::connected);
        setHandler(it.out, this);
    }

    @Override
    public void preStart() {
        own = Optional.of(new Lines(it.own(connected::invoke), this::next, this::completeStage, this::failStage));
    }

    @Override
    public void postStop() {
        it.waiting.waits(false);
    }

    @Override
    public void onPull() {
        next();
    }

    /** What she holds now. What her log says up to here of what she came to hold is settled by it. */
    private void connected(Following following) {
        if (known == UNKNOWN) {
            known = following.view().seq();
            it.from.places().forEach((id, place) -> members.put(id, new Member(id, place)));
            members.values().forEach(Member::leave);
            following.holds().forEach(reservation -> held(Held.of(reservation)));
            admit();
            next();
        }
    }

    /** Gives the reader what there is, if he waits for it: nothing before it is known what she holds. */
    private void next() {
        if (isClosed(it.out) || known == UNKNOWN) {
            return;
        }
        if (isAvailable(it.out)) {
            give();
        }
        it.waiting.waits(!isClosed(it.out) && !isAvailable(it.out) && any());
    }

    private boolean any() {
        return !turns.isEmpty() || own.filter(Lines::ready).isPresent();
    }

    private void give() {
        if (first.isPresent()) {
            push(it.out, first.get());
            first = Optional.empty();
        } else if (own.filter(Lines::ready).isPresent()) {
            own(own.get());
        } else if (!turns.isEmpty()) {
            said(turns.removeFirst());
        }
    }

    private void own(Lines log) {
        var line = log.take();
        var entry = line.row().entry();
        seq = line.row().number();
        Held.granted(entry).filter(_ -> seq > known).ifPresent(this::held);
        Held.ended(entry).ifPresent(this::ended);
        admit();
        push(it.out, new Shown.Own(cursor(), line));
        if (seq > known && entry.type().equals(DELETED)) {
            completeStage();
        } else {
            log.more();
        }
    }

    private void said(Member member) {
        var line = member.take();
        push(it.out, new Shown.Said(cursor(), member.conversation, line));
        member.more();
    }

    private Cursor cursor() {
        var places = new LinkedHashMap<String, Place>();
        members.values().stream()
                .filter(member -> member.place().begun())
                .forEach(member -> places.put(member.conversation, member.place()));
        return new Cursor(seq, places);
    }

    /** She holds it: it is shown as soon as there is a place for it. */
    private void held(Held held) {
        members.computeIfAbsent(held.conversation(), id -> new Member(id, Place.before(held.epoch())))
                .held(held.epoch());
    }

    /** She holds it no more, unless by a later reservation: what is left of it is shown. */
    private void ended(Held held) {
        var member = members.get(held.conversation());
        if (member != null && member.place().epoch() <= held.epoch()) {
            member.leave();
            if (!member.place().begun()) {
                remove(member);
            }
        }
    }

    private void remove(Member member) {
        stop(member);
        members.remove(member.conversation);
        admit();
    }

    private void stop(Member member) {
        turns.remove(member);
        member.stop();
    }

    /** Those that have no place yet, as far as there are any. */
    private void admit() {
        var taken = members.values().stream().filter(Member::placed).count();
        members.values().stream()
                .filter(member -> !member.placed())
                .limit(Cursor.MOST - taken)
                .forEach(this::start);
    }

    private void start(Member member) {
        stop(member);
        var lines = it.stay.lines(member.conversation, member.place());
        member.from(new Lines(lines, () -> ready(member), () -> over(member), no -> pause(member, no)));
    }

    private void ready(Member member) {
        turns.add(member);
        next();
    }

    private void over(Member member) {
        if (member.leaving()) {
            remove(member);
        } else {
            member.over();
            start(member);
        }
    }

    /** One conversation that is not to be had keeps back no other, nor what comes of her own log. */
    private void pause(Member member, Throwable why) {
        LOG.warn("conversation {} on an agent's stream waits: {}", member.conversation, why.toString());
        stop(member);
        var pause = it.pace.pause().multipliedBy(1L << Math.min(member.failures++, 10));
        scheduleOnce(member.conversation, pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }

    @Override
    public void onTimer(Object key) {
        Optional.ofNullable(members.get((String) key)).filter(Member::pauses).ifPresent(this::start);
    }

    /** A source of lines that runs within this stage; it is told of its end only once all that came is taken. */
    private final class Lines extends AbstractInHandler implements Feed {

        private final SubSinkInlet<Line> lines = new SubSinkInlet<>("lines");
        private final Runnable ready;
        private final Runnable over;
        private final Consumer<Throwable> failed;
        private Optional<Runnable> end = Optional.empty();

        Lines(Source<Line, NotUsed> source, Runnable ready, Runnable over, Consumer<Throwable> failed) {
            this.ready = ready;
            this.over = over;
            this.failed = failed;
            lines.setHandler(this);
            lines.pull();
            source.runWith(lines.sink(), subFusingMaterializer());
        }

        @Override
        public boolean ready() {
            return lines.isAvailable();
        }

        @Override
        public Line take() {
            return lines.grab();
        }

        @Override
        public void more() {
            end.ifPresentOrElse(Runnable::run, lines::pull);
        }

        @Override
        public void cancel() {
            lines.cancel();
        }

        @Override
        public void onPush() {
            ready.run();
        }

        @Override
        public void onUpstreamFinish() {
            ends(over);
        }

        @Override
        public void onUpstreamFailure(@Nullable Throwable failure) {
            ends(() -> failed.accept(failure == null ? new IllegalStateException("for no reason") : failure));
        }

        private void ends(Runnable how) {
            end = Optional.of(how);
            if (!ready()) {
                how.run();
            }
        }
    }
}
