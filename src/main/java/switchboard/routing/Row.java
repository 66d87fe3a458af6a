package switchboard.routing;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Some who come one after the other, each at a moment that is not before the last one's: a ring, with gaps where one was
 * taken out, but never at its ends. The moments stand by themselves, so that to come, to go and to ask for the first
 * moment is not to look at anybody.
 */
abstract class Row {

    private static final int ROOM = 16;

    private long[] moments = new long[ROOM];
    private @Nullable Waiter[] waiters = new Waiter[ROOM];
    private int begin;
    private int end;
    private int count;

    /** The first one's; Waiter.NEVER: there is none. */
    long earliest = Waiter.NEVER;

    /** The last one's. */
    long latest = Long.MIN_VALUE;

    /** Tells where somebody stands from now on. */
    abstract void placed(Waiter waiter, int place);

    /** Absent: there is none. */
    @Nullable Waiter head() {
        return waiters[at(begin)];
    }

    /** Of a row that is not empty. */
    Waiter last() {
        return requireNonNull(waiters[at(end - 1)]);
    }

    /** The first one who is as asked; absent: nobody is. */
    @Nullable Waiter first(Predicate<Waiter> asked) {
        for (var place = begin; place != end; place++) {
            var waiter = waiters[at(place)];
            if (waiter != null && asked.test(waiter)) {
                return waiter;
            }
        }
        return null;
    }

    /** Behind all others; not before the latest. */
    void append(Waiter waiter, long moment) {
        if (end - begin == moments.length) {
            makeRoom();
        }
        put(waiter, moment);
        earliest = count == 1 ? moment : earliest;
        latest = moment;
    }

    /** Looks only at the end of the ring that it changes: the other one lies elsewhere in memory. */
    void remove(int place) {
        waiters[at(place)] = null;
        if (--count == 0) {
            begin = end;
            earliest = Waiter.NEVER;
            latest = Long.MIN_VALUE;
        } else if (place == begin) {
            do {
                begin++;
            } while (waiters[at(begin)] == null);
            earliest = moments[at(begin)];
        } else if (place == end - 1) {
            do {
                end--;
            } while (waiters[at(end - 1)] == null);
            latest = moments[at(end - 1)];
        }
    }

    private int at(int place) {
        return place & (moments.length - 1);
    }

    private void put(Waiter waiter, long moment) {
        moments[at(end)] = moment;
        waiters[at(end)] = waiter;
        placed(waiter, end);
        end++;
        count++;
    }

    private void makeRoom() {
        var hadMoments = moments;
        var hadWaiters = waiters;
        var from = begin;
        var places = end - begin;
        moments = new long[4 * count < hadMoments.length ? hadMoments.length : 2 * hadMoments.length];
        waiters = new Waiter[moments.length];
        begin = 0;
        end = 0;
        count = 0;
        for (int i = 0; i < places; i++) {
            var had = (from + i) & (hadMoments.length - 1);
            var waiter = hadWaiters[had];
            if (waiter != null) {
                put(waiter, hadMoments[had]);
            }
        }
    }

    /** Some who wait, by their turns: a row of those who came in that order, which is nearly all, and the late ones. */
    static class Turns extends Row {

        /** So many at the end are moved for one who came after them before he counts as late. */
        private static final int REACH = 2;

        private @Nullable TreeSet<Waiter> late;

        @Override
        void placed(Waiter waiter, int place) {
            waiter.turn = place;
        }

        @Nullable Waiter first() {
            return late == null ? head() : Waiter.earlier(head(), late.first());
        }

        /** The first one's; Waiter.NEVER: nobody is there. */
        long key() {
            return late == null ? earliest : Math.min(earliest, late.first().key);
        }

        /** Absent: all exclude him. */
        @Nullable Waiter first(Agent agent) {
            var one = first(waiter -> !waiter.excludes(agent.id));
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
            add(waiter, REACH);
        }

        private void add(Waiter waiter, int reach) {
            if (waiter.key > latest || (waiter.key == latest && Waiter.TURN.compare(last(), waiter) < 0)) {
                append(waiter, waiter.key);
            } else if (reach == 0) {
                waiter.late = true;
                late = late == null ? new TreeSet<>(Waiter.TURN) : late;
                late.add(waiter);
            } else {
                var last = last();
                remove(last.turn);
                add(waiter, reach - 1);
                append(last, last.key);
            }
        }

        void remove(Waiter waiter) {
            if (waiter.late && late != null) {
                waiter.late = false;
                late.remove(waiter);
                late = late.isEmpty() ? null : late;
            } else {
                remove(waiter.turn);
            }
        }
    }

    /**
     * When who is due. Nearly all are set in the order in which they come due, ends of steps apart from ends of offers:
     * each such order is a row. Who fits into no row stands in a tree.
     */
    static final class Timers {

        private static final int ROWS = 8;

        private final Dues[] rows = new Dues[ROWS];
        private final TreeSet<Waiter> others = new TreeSet<>(
                Comparator.<Waiter>comparingLong(waiter -> waiter.due).thenComparing(Waiter.TURN));

        Timers() {
            Arrays.setAll(rows, _ -> new Dues());
        }

        /** The earliest moment; Waiter.NEVER: none. */
        long due() {
            var due = others.isEmpty() ? Waiter.NEVER : others.first().due;
            for (var row : rows) {
                due = Math.min(due, row.earliest);
            }
            return due;
        }

        /** All who are due at the earliest moment, by their turns. They are not set any more. */
        List<Waiter> next() {
            var moment = due();
            var all = new ArrayList<Waiter>();
            for (var row : rows) {
                while (row.earliest == moment) {
                    var first = requireNonNull(row.head());
                    all.add(first);
                    cancel(first);
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
                    waiter.row.append(waiter, due);
                }
            }
        }

        private @Nullable Dues row(long due) {
            for (var row : rows) {
                if (row.takes(due)) {
                    return row;
                }
            }
            return null;
        }

        void cancel(Waiter waiter) {
            if (waiter.row != null) {
                waiter.row.remove(waiter.place);
                waiter.row = null;
            } else if (waiter.due != Waiter.NEVER) {
                others.remove(waiter);
            }
            waiter.due = Waiter.NEVER;
        }
    }

    private static final class Dues extends Row {

        @Override
        void placed(Waiter waiter, int place) {
            waiter.place = place;
        }

        boolean takes(long due) {
            return latest <= due;
        }
    }
}
