package switchboard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started, to be stopped in the opposite order; tells the person at the terminal about both. */
final class Opened implements AutoCloseable {

    private record Part(String name, AutoCloseable it) {}

    private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

    private final Deque<Part> parts = new ArrayDeque<>();
    private final long start = System.nanoTime();
    private boolean closed;

    /** Starts a part and says what became of it. */
    <T extends AutoCloseable> T open(String name, Supplier<T> part, Function<T, String> says) {
        var began = System.nanoTime();
        var it = part.get();
        add(new Part(name, it));
        say("%-10s %s (%s)".formatted(name, says.apply(it), seconds(began)));
        return it;
    }

    /** That part has ended by itself: neither it nor what stands upon it can be stopped any more. What lies below it can. */
    synchronized void lost(String name) {
        while (!parts.isEmpty() && !parts.pop().name().equals(name)) {
            LOG.debug("left as it is, without {}", name);
        }
    }

    /** Since the start of all. */
    String elapsed() {
        return seconds(start);
    }

    synchronized boolean closed() {
        return closed;
    }

    static void say(String line) {
        System.out.println(line);
    }

    /** Again: nothing. A part that cannot be stopped does not keep the others from it. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        var began = System.nanoTime();
        while (!parts.isEmpty()) {
            var part = parts.pop();
            say("stopping " + part.name());
            stop(part);
        }
        say("stopped (" + seconds(began) + ")");
    }

    private synchronized void add(Part part) {
        if (closed) {
            stop(part);
            throw new IllegalStateException("stopped while starting");
        }
        parts.push(part);
    }

    private static void stop(Part part) {
        try {
            part.it().close();
        } catch (Exception e) { // as close() declares: whatever it is, the parts below are stopped too
            LOG.warn("stopping {} failed", part.name(), e);
        }
    }

    private static String seconds(long since) {
        return "%.1f s".formatted((System.nanoTime() - since) / 1e9);
    }
}
