package switchboard.simulation;

import java.util.Arrays;

/** What will happen, earliest first; a heap without objects. */
final class Agenda {

    private double[] times = new double[1024];
    private long[] events = new long[1024];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    double time() {
        return times[0];
    }

    void add(double time, long event) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            events = Arrays.copyOf(events, 2 * size);
        }
        var at = size++;
        while (at > 0 && time < times[(at - 1) / 2]) {
            times[at] = times[(at - 1) / 2];
            events[at] = events[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        times[at] = time;
        events[at] = event;
    }

    long poll() {
        var first = events[0];
        var time = times[--size];
        var event = events[size];
        var at = 0;
        for (var child = lesser(0); child < size && times[child] < time; child = lesser(at)) {
            times[at] = times[child];
            events[at] = events[child];
            at = child;
        }
        times[at] = time;
        events[at] = event;
        return first;
    }

    private int lesser(int at) {
        var left = 2 * at + 1;
        return left + 1 < size && times[left + 1] < times[left] ? left + 1 : left;
    }
}
