package switchboard.routing;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Some who wait, by their turns: a chain of those who came in that order, which is nearly all, and the late ones. */
class Turns {

    /** So many at the end are looked at before one counts as late. */
    private static final int REACH = 2;

    private @Nullable Waiter first;
    private @Nullable Waiter last;
    private @Nullable TreeSet<Waiter> late;

    @Nullable Waiter first() {
        return late == null ? first : Waiter.earlier(first, late.first());
    }

    /** Absent: all exclude him. */
    @Nullable Waiter first(Agent agent) {
        var one = first;
        while (one != null && one.excludes(agent.id)) {
            one = one.next;
        }
        return late == null ? one : Waiter.earlier(one, without(late, agent));
    }

    private static @Nullable Waiter without(Iterable<Waiter> late, Agent agent) {
        for (var one : late) {
            if (!one.excludes(agent.id)) {
                return one;
            }
        }
        return null;
    }

    void add(Waiter waiter) {
        var before = last;
        for (int steps = 0; before != null && Waiter.TURN.compare(waiter, before) < 0; steps++) {
            if (steps == REACH) {
                waiter.late = true;
                late = late == null ? new TreeSet<>(Waiter.TURN) : late;
                late.add(waiter);
                return;
            }
            before = before.previous;
        }
        link(before, waiter, before == null ? first : before.next);
    }

    void remove(Waiter waiter) {
        if (waiter.late && late != null) {
            waiter.late = false;
            late.remove(waiter);
            late = late.isEmpty() ? null : late;
            return;
        }
        join(waiter.previous, waiter.next);
        waiter.previous = null;
        waiter.next = null;
    }

    private void link(@Nullable Waiter before, Waiter waiter, @Nullable Waiter after) {
        join(before, waiter);
        join(waiter, after);
    }

    private void join(@Nullable Waiter before, @Nullable Waiter after) {
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
    }

    /** When who is due: a heap of moments. What was cancelled stays in it until it comes up or is too much. */
    static final class Timers {

        private static final int ROOM = 1_024;

        private long[] dues = new long[ROOM];
        private @Nullable Waiter[] waiters = new Waiter[ROOM];
        private int size;

        /** The earliest moment; Waiter.NEVER: none. */
        long due() {
            while (size > 0 && isCancelled(0)) {
                drop();
            }
            return size == 0 ? Waiter.NEVER : dues[0];
        }

        /** All who are due at the earliest moment, by their turns. They are not set any more. */
        List<Waiter> next() {
            var moment = due();
            var all = new ArrayList<Waiter>();
            while (size > 0 && due() == moment) {
                var waiter = requireNonNull(waiters[0]);
                cancel(waiter);
                all.add(waiter);
            }
            all.sort(Waiter.TURN);
            return all;
        }

        void set(Waiter waiter, long due) {
            cancel(waiter);
            if (due != Waiter.NEVER) {
                waiter.due = due;
                if (size == dues.length) {
                    makeRoom();
                }
                rise(due, waiter, size++);
            }
        }

        void cancel(Waiter waiter) {
            waiter.due = Waiter.NEVER;
        }

        private boolean isCancelled(int at) {
            return requireNonNull(waiters[at]).due != dues[at];
        }

        private void makeRoom() {
            var had = size;
            size = 0;
            for (int i = 0; i < had; i++) {
                if (!isCancelled(i)) {
                    rise(dues[i], requireNonNull(waiters[i]), size++);
                }
            }
            Arrays.fill(waiters, size, had, null);
            if (2 * size > dues.length) {
                dues = Arrays.copyOf(dues, 2 * dues.length);
                waiters = Arrays.copyOf(waiters, dues.length);
            }
        }

        private void drop() {
            var due = dues[--size];
            var waiter = requireNonNull(waiters[size]);
            waiters[size] = null;
            if (size > 0) {
                sink(due, waiter);
            }
        }

        private void rise(long due, Waiter waiter, int from) {
            var at = from;
            for (var above = (at - 1) >> 2; at > 0 && due < dues[above]; above = (at - 1) >> 2) {
                put(at, dues[above], requireNonNull(waiters[above]));
                at = above;
            }
            put(at, due, waiter);
        }

        private void sink(long due, Waiter waiter) {
            var at = 0;
            for (var below = earliestBelow(at); below > 0 && dues[below] < due; below = earliestBelow(at)) {
                put(at, dues[below], requireNonNull(waiters[below]));
                at = below;
            }
            put(at, due, waiter);
        }

        /** 0: nothing is. */
        private int earliestBelow(int at) {
            var first = 4 * at + 1;
            var earliest = first < size ? first : 0;
            for (int i = first + 1; i < Math.min(first + 4, size); i++) {
                earliest = dues[i] < dues[earliest] ? i : earliest;
            }
            return earliest;
        }

        private void put(int at, long due, Waiter waiter) {
            dues[at] = due;
            waiters[at] = waiter;
        }
    }
}
