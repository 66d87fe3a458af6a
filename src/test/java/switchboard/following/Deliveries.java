package switchboard.following;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/** When messages were due, acknowledged and seen on a stream: each has to be seen once. Used by many threads. */
public final class Deliveries implements StreamReader.Listener {

    /** All of {@link System#nanoTime}. */
    private static final class Times {
        private final long due;
        private volatile long acknowledged;
        private volatile long seen;

        Times(long due) {
            this.due = due;
        }
    }

    /** How long it took, in nanoseconds, ascending. */
    public record Waits(List<Long> nanos) {

        public Waits {
            nanos = nanos.stream().sorted().toList();
        }

        /** In milliseconds; {@code share} of 0.5 is the median. */
        public double millis(double share) {
            return nanos.get((int) Math.ceil(share * nanos.size()) - 1) / 1e6;
        }
    }

    private static final String FIELD = "\"id\":\"";

    private final String mark;
    private final ConcurrentMap<String, Times> messages = new ConcurrentHashMap<>();
    private final AtomicLong open = new AtomicLong();
    private final ConcurrentLinkedQueue<String> twice = new ConcurrentLinkedQueue<>();

    /** Of messages whose ids begin with {@code name}; others are passed over. */
    public Deliveries(String name) {
        this.mark = FIELD + name;
    }

    /** Before it is sent. */
    public void due(String id, long at) {
        messages.put(id, new Times(at));
        open.incrementAndGet();
    }

    public void acknowledged(String id, long at) {
        Objects.requireNonNull(messages.get(id), id).acknowledged = at;
    }

    @Override
    public void heard(String id, String data) {
        seen(data, System.nanoTime());
    }

    void seen(String data, long at) {
        var field = data.indexOf(mark);
        if (field < 0) {
            return;
        }
        var begin = field + FIELD.length();
        var id = data.substring(begin, data.indexOf('"', begin));
        var message = messages.get(id);
        if (message == null || message.seen != 0) {
            twice.add(id);
        } else {
            message.seen = at | 1;
            open.decrementAndGet();
        }
    }

    /** Whether all were seen. One that was seen twice, or is not known, is an {@link AssertionError}. */
    public boolean complete() {
        if (!twice.isEmpty()) {
            throw new AssertionError("shown twice: " + twice);
        }
        return open.get() == 0;
    }

    /** Of those since it was last forgotten; all are acknowledged and seen. */
    public Waits afterDue() {
        return waits(it -> it.seen - it.due);
    }

    /** The same from the acknowledgement on; negative where the stream was first. */
    public Waits afterAcknowledgement() {
        return waits(it -> it.seen - it.acknowledged);
    }

    /** What is {@link #complete} counts no more. */
    public void forget() {
        messages.clear();
    }

    private Waits waits(ToLongFunction<Times> wait) {
        return new Waits(messages.values().stream().map(wait::applyAsLong).toList());
    }
}
