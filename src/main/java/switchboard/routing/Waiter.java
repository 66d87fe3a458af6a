package switchboard.routing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import switchboard.plan.Queue;

/** An item's place in the router. */
final class Waiter {

    static final long NEVER = Long.MAX_VALUE;

    /** Whose turn is first. */
    static final Comparator<Waiter> TURN = Waiter::compareTurns;

    enum State {
        /** To be tried before the command ends. */
        FRESH,
        /** In its bucket, or with who it is pinned to. */
        PLACED,
        PROPOSED,
        GONE
    }

    final String id;
    Item item;
    long key;
    Line line;
    State state = State.GONE;
    int step;
    /** When the step ends. */
    long end = NEVER;

    Buckets.@Nullable Bucket bucket;

    /** Where it is proposed. */
    Agent.@Nullable Reservation reservation;

    /** The latest of all that have not ended, accepted ones too. */
    private Agent.@Nullable Reservation reservations;

    private long since;

    /** Of the id, so that few comparisons have to look at it. */
    final long prefix;

    /** As its timer is set. */
    long due = NEVER;

    /** In its chain of turns. */
    @Nullable Waiter previous;

    @Nullable Waiter next;

    /** Whether it is beside the chain. */
    boolean late;

    Waiter(Item item, Line line) {
        this.id = item.id();
        this.prefix = prefix(id);
        this.item = item;
        this.line = line;
    }

    private static int compareTurns(Waiter a, Waiter b) {
        if (a.key != b.key) {
            return Long.compare(a.key, b.key);
        }
        var first = Long.compareUnsigned(a.prefix, b.prefix);
        return first != 0 ? first : a.id.compareTo(b.id);
    }

    /** The first four characters. */
    private static long prefix(String id) {
        var prefix = 0L;
        for (int i = 0; i < 4; i++) {
            prefix = (prefix << 16) | (i < id.length() ? id.charAt(i) : 0);
        }
        return prefix;
    }

    /** What it is now, from the queue's first step on. */
    void is(Item now, Line queue) {
        item = now;
        line = queue;
        key = now.key().moment().toEpochMilli();
        step = 0;
        since = now.since().toEpochMilli();
        end = end(since);
    }

    /** Goes on to the next step; false where the last one has ended. */
    boolean next() {
        if (step + 1 == line.queue.steps().size()) {
            return false;
        }
        step++;
        end = end(end);
        return true;
    }

    private long end(long begin) {
        var lasts = line.queue.steps().get(step).lasts();
        return lasts.isZero() ? NEVER : begin + lasts.toMillis();
    }

    /**
     * Drops exclusions that are over, and a pin that is: by time, because its agent was offered it and did not take it, or
     * is off and nobody had named him.
     */
    void lapse(long now, Predicate<String> off) {
        if (pinned() || !item.excluded().isEmpty()) {
            var left = item.excluded().stream()
                    .filter(one -> one.until().toEpochMilli() > now)
                    .toList();
            item = item.in(item.epoch(), left, item.pin());
            var pin = item.pin();
            var over = pin.until().toEpochMilli() <= now
                    || excludes(pin.agent())
                    || (!pin.named() && off.test(pin.agent()));
            item = over ? item.in(item.epoch(), left, Item.Pin.NONE) : item;
        }
    }

    static @Nullable Waiter earlier(@Nullable Waiter a, @Nullable Waiter b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return TURN.compare(a, b) <= 0 ? a : b;
    }

    /** Since when it has been in its queue. */
    long since() {
        return since;
    }

    boolean hasReservations() {
        return reservations != null;
    }

    Agent.@Nullable Reservation reservation(long epoch) {
        var one = reservations;
        while (one != null && one.epoch != epoch) {
            one = one.earlier;
        }
        return one;
    }

    void add(Agent.Reservation made) {
        made.earlier = reservations;
        reservations = made;
        reservation = made;
    }

    void remove(Agent.Reservation ended) {
        if (reservations == ended) {
            reservations = ended.earlier;
        }
        for (var one = reservations; one != null; one = one.earlier) {
            if (one.earlier == ended) {
                one.earlier = ended.earlier;
            }
        }
    }

    /** Of one who is fresh or placed. */
    Buckets.Bucket bucket() {
        return requireNonNull(bucket);
    }

    boolean pinned() {
        return !item.pin().agent().isEmpty();
    }

    boolean waitsFor(String agent) {
        return item.pin().agent().equals(agent);
    }

    boolean excludes(String agent) {
        var excluded = item.excluded();
        for (int i = 0; i < excluded.size(); i++) {
            if (excluded.get(i).agent().equals(agent)) {
                return true;
            }
        }
        return false;
    }

    /** The next moment at which more agents may have it. */
    long changes() {
        var next = end;
        if (pinned()) {
            next = Math.min(next, item.pin().until().toEpochMilli());
        }
        for (var one : item.excluded()) {
            next = Math.min(next, one.until().toEpochMilli());
        }
        return next;
    }

    /** A queue as it goes. */
    static final class Line {

        /** Weight of the past in the mean of gaps: 15 of 16. */
        private static final int SHIFT = 4;

        final Queue queue;
        int waiting;
        int pinned;

        /** Mean time from one match to the next while somebody waited all the while, in 1/16 ms; 0: not known yet. */
        private long gap;

        private long lastMatch;

        Line(Queue queue) {
            this.queue = queue;
        }

        /** With what was learned of the queue of that name under the plan before. */
        Line after(@Nullable Line before) {
            gap = before == null ? 0 : before.gap;
            lastMatch = before == null ? 0 : before.lastMatch;
            return this;
        }

        void matched(long since, long now) {
            if (since < lastMatch) {
                var passed = (now - lastMatch) << SHIFT;
                gap = gap == 0 ? Math.max(1, passed) : Math.max(1, gap + ((passed - gap) >> SHIFT));
            }
            lastMatch = now;
        }

        /** Of who enters now; empty: nothing is known to tell it from. */
        Optional<Duration> estimate(boolean ready) {
            if (waiting == 0 && ready) {
                return Optional.of(Duration.ZERO);
            }
            return gap == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(((waiting + 1L) * gap) >> SHIFT));
        }
    }
}
