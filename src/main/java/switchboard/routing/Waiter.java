package switchboard.routing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import switchboard.plan.Queue;

/** An item's place in the router. */
final class Waiter {

    static final long NEVER = Long.MAX_VALUE;

    /** Whose turn is first. */
    static final Comparator<Waiter> TURN = (a, b) -> a.key != b.key ? Long.compare(a.key, b.key) : a.id.compareTo(b.id);

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

    Agent.@Nullable Reservation reservation;

    private long due = NEVER;
    private int place = -1;

    Waiter(Item item, Line line) {
        this.id = item.id();
        this.item = item;
        this.line = line;
    }

    /** What it is now, from the queue's first step on. */
    void is(Item now, Line queue) {
        item = now;
        line = queue;
        key = now.key().moment().toEpochMilli();
        step = 0;
        end = end(now.since().toEpochMilli());
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

    /** Who is due first; at the same moment, whose turn is first. */
    static final class Timers {

        private static final Comparator<Waiter> DUE =
                (a, b) -> a.due != b.due ? Long.compare(a.due, b.due) : TURN.compare(a, b);

        private final List<Waiter> heap = new ArrayList<>();

        long due() {
            return heap.isEmpty() ? NEVER : heap.getFirst().due;
        }

        Waiter first() {
            return heap.getFirst();
        }

        void set(Waiter waiter, long due) {
            cancel(waiter);
            if (due != NEVER) {
                waiter.due = due;
                waiter.place = heap.size();
                heap.add(waiter);
                up(waiter);
            }
        }

        void cancel(Waiter waiter) {
            if (waiter.place >= 0) {
                var last = heap.removeLast();
                if (last != waiter) {
                    put(last, waiter.place);
                    up(last);
                    down(last);
                }
                waiter.place = -1;
            }
        }

        private void up(Waiter waiter) {
            var at = waiter.place;
            while (at > 0 && DUE.compare(waiter, heap.get((at - 1) / 2)) < 0) {
                put(heap.get((at - 1) / 2), at);
                at = (at - 1) / 2;
            }
            put(waiter, at);
        }

        private void down(Waiter waiter) {
            var at = waiter.place;
            for (var child = lesser(at);
                    child < heap.size() && DUE.compare(heap.get(child), waiter) < 0;
                    child = lesser(at)) {
                put(heap.get(child), at);
                at = child;
            }
            put(waiter, at);
        }

        private int lesser(int at) {
            var left = 2 * at + 1;
            return left + 1 < heap.size() && DUE.compare(heap.get(left + 1), heap.get(left)) < 0 ? left + 1 : left;
        }

        private void put(Waiter waiter, int at) {
            heap.set(at, waiter);
            waiter.place = at;
        }
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
