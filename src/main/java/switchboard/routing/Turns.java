package switchboard.routing;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Some who wait, by their turns: a chain of those who came in that order, which is nearly all, and the late ones. */
class Turns {

    /** So many at the end are looked at before one counts as late. */
    private static final int REACH = 2;

    private @Nullable Waiter first;
    private @Nullable Waiter last;

    /** Of the last, so that most are added without a look at it. */
    private long latest = Long.MIN_VALUE;

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
        for (int steps = 0;
                waiter.key <= latest && before != null && Waiter.TURN.compare(waiter, before) < 0;
                steps++) {
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
            latest = before == null ? Long.MIN_VALUE : before.key;
        } else {
            after.previous = before;
        }
    }

    /**
     * When who is due. Nearly all are set in the order in which they come due, ends of steps apart from ends of offers:
     * each such order is a row. Who fits into no row stands in a tree.
     */
    static final class Timers {

        private static final int ROWS = 8;

        private final Row[] rows = new Row[ROWS];
        private final TreeSet<Waiter> others = new TreeSet<>(
                Comparator.<Waiter>comparingLong(waiter -> waiter.due).thenComparing(Waiter.TURN));

        Timers() {
            Arrays.setAll(rows, _ -> new Row());
        }

        /** The earliest moment; Waiter.NEVER: none. */
        long due() {
            var due = others.isEmpty() ? Waiter.NEVER : others.first().due;
            for (var row : rows) {
                due = Math.min(due, row.due);
            }
            return due;
        }

        /** All who are due at the earliest moment, by their turns. They are not set any more. */
        List<Waiter> next() {
            var moment = due();
            var all = new ArrayList<Waiter>();
            for (var row : rows) {
                while (row.due == moment) {
                    all.add(row.first());
                    cancel(row.first());
                }
            }
            while (!others.isEmpty() && others.first().due == moment) {
                all.add(others.first());
                cancel(others.first());
            }
            all.sort(Waiter.TURN);
            return all;
        }

        void set(Waiter waiter, long due) {
            cancel(waiter);
            if (due != Waiter.NEVER) {
                waiter.due = due;
                waiter.row = row(due);
                if (waiter.row == null) {
                    others.add(waiter);
                } else {
                    waiter.row.add(waiter);
                }
            }
        }

        private @Nullable Row row(long due) {
            for (var row : rows) {
                if (row.takes(due)) {
                    return row;
                }
            }
            return null;
        }

        void cancel(Waiter waiter) {
            if (waiter.row != null) {
                waiter.row.remove(waiter);
                waiter.row = null;
            } else if (waiter.due != Waiter.NEVER) {
                others.remove(waiter);
            }
            waiter.due = Waiter.NEVER;
        }
    }

    /** Some who come due one after the other: a ring, with gaps where one was cancelled, but never at its ends. */
    static final class Row {

        private long[] dues = new long[64];
        private @Nullable Waiter[] waiters = new Waiter[64];
        private int begin;
        private int end;
        private int count;

        /** When the first is; Waiter.NEVER: there is none. */
        long due = Waiter.NEVER;

        boolean takes(long moment) {
            return count == 0 || dues[at(end - 1)] <= moment;
        }

        Waiter first() {
            return requireNonNull(waiters[at(begin)]);
        }

        void add(Waiter waiter) {
            if (end - begin == dues.length) {
                makeRoom();
            }
            put(waiter, waiter.due);
            due = dues[at(begin)];
        }

        void remove(Waiter waiter) {
            waiters[at(waiter.place)] = null;
            count--;
            while (begin != end && waiters[at(begin)] == null) {
                begin++;
            }
            while (begin != end && waiters[at(end - 1)] == null) {
                end--;
            }
            due = begin == end ? Waiter.NEVER : dues[at(begin)];
        }

        private int at(int place) {
            return place & (dues.length - 1);
        }

        private void put(Waiter waiter, long moment) {
            waiter.place = end;
            dues[at(end)] = moment;
            waiters[at(end)] = waiter;
            end++;
            count++;
        }

        private void makeRoom() {
            var all = new Row();
            all.dues = new long[4 * count < dues.length ? dues.length : 2 * dues.length];
            all.waiters = new Waiter[all.dues.length];
            for (var place = begin; place != end; place++) {
                var waiter = waiters[at(place)];
                if (waiter != null) {
                    all.put(waiter, dues[at(place)]);
                }
            }
            dues = all.dues;
            waiters = all.waiters;
            begin = all.begin;
            end = all.end;
        }
    }
}
