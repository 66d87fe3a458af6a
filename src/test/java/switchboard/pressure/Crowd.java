package switchboard.pressure;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import switchboard.load.Sent;

/**
 * A gateway with many connections, on one thread: what it takes is missing elsewhere on the machine. To be used by one thread at a
 * time.
 */
public final class Crowd implements AutoCloseable {

    /** The program bears only so many from one address, so they come from several of loopback's. */
    private static final int FROM_ONE_ADDRESS = 2_000;

    /** Fewer than the program takes on at once. */
    private static final int UNDER_WAY = 512;

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
    private static final long MILLISECOND = 1_000_000;
    private static final long LONGEST_PAUSE = MILLISECOND / 10;

    private final Selector selector;
    private final List<Connection> all = new ArrayList<>();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();

    /** Each of its {@code connections} has {@code customers} of its own, who speak by turns. */
    public static Crowd of(URI address, String credential, String name, int connections, int customers)
            throws IOException {
        var crowd = new Crowd();
        for (int i = 0; i < connections; i++) {
            var own = name + "-" + i;
            crowd.add(address, credential, own, event -> own + "-" + event % customers);
        }
        return crowd;
    }

    /** All that comes over its connections is from one customer. */
    public static Crowd ofOne(URI address, String credential, String name, int connections) throws IOException {
        var crowd = new Crowd();
        for (int i = 0; i < connections; i++) {
            crowd.add(address, credential, name + "-" + i, _ -> name);
        }
        return crowd;
    }

    private Crowd() throws IOException {
        selector = Selector.open();
    }

    private void add(URI address, String credential, String name, IntFunction<String> customer) throws IOException {
        var from = "127.0.0." + (1 + all.size() / FROM_ONE_ADDRESS);
        var it = new Connection(selector, address, from, credential, name, customer);
        all.add(it);
        idle.add(it);
    }

    /** So many events a second, whatever becomes of those before. What is then still under way is answered in the next stretch. */
    public Offered offer(double rate, Duration time) throws IOException {
        var begin = System.nanoTime();
        var pace = new Pace(rate, begin, time);
        var answers = new ArrayList<Answer>();
        for (var now = begin; now - begin < time.toNanos(); now = System.nanoTime()) {
            send(pace, now);
            await(pace.over(now) || idle.isEmpty() ? begin + time.toNanos() - now : pace.due() - now, answers);
        }
        return new Offered(begin, time, answers, pace.unsent());
    }

    /**
     * {@code connections} of them send one event after the other as fast as they are answered; returns once all are. Nothing is ever
     * late here: only what is counted, and what is counted from sending, says something.
     */
    public Offered rush(int connections, Duration time) throws IOException {
        var aside = new ArrayList<Connection>();
        while (idle.size() > connections) {
            aside.add(idle.removeLast());
        }
        var offered = offer(Double.POSITIVE_INFINITY, time);
        settle(aside.size());
        idle.addAll(aside);
        return offered;
    }

    /** Each connection sends so many; returns once all are answered. With as many as it has customers, all conversations are open then. */
    public void each(int events) throws IOException {
        var ready = new ArrayDeque<Connection>();
        while (!idle.isEmpty() || ready.size() < all.size()) {
            while (!idle.isEmpty() && all.size() - ready.size() - idle.size() < UNDER_WAY) {
                var next = idle.remove();
                if (next.answered() < events) {
                    next.send(System.nanoTime());
                } else {
                    ready.add(next);
                }
            }
            if (ready.size() < all.size()) {
                await(PATIENCE, new ArrayList<>());
            }
        }
        idle.addAll(ready);
    }

    /** Returns once nothing is under way. */
    public void settle() throws IOException {
        settle(0);
    }

    /** How often the program ended one of its connections; each was made anew. */
    public int lost() {
        return all.stream().mapToInt(Connection::lost).sum();
    }

    /** What was acknowledged of the customers of connections {@code from} to {@code to}, where that is known of all they said. */
    public List<Sent> said(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(all::get)
                .flatMap(it -> it.said().stream())
                .toList();
    }

    private void send(Pace pace, long now) throws IOException {
        while (!pace.over(now) && pace.due() <= now && !idle.isEmpty()) {
            var due = pace.due();
            idle.remove().send(due);
            pace.sent();
        }
    }

    private void settle(int aside) throws IOException {
        var begin = System.nanoTime();
        while (idle.size() + aside < all.size()) {
            if (System.nanoTime() - begin > PATIENCE) {
                throw new IOException(all.size() - aside - idle.size() + " events are not answered");
            }
            await(PATIENCE, new ArrayList<>());
        }
    }

    /** For answers, so many nanoseconds and no more than is needed; under a millisecond a selector cannot wait. */
    private void await(long nanos, List<Answer> answers) throws IOException {
        if (nanos >= MILLISECOND) {
            selector.select(Math.min(nanos / MILLISECOND, 100));
        } else {
            LockSupport.parkNanos(Math.clamp(nanos, 1, LONGEST_PAUSE));
            selector.selectNow();
        }
        for (var key : selector.selectedKeys()) {
            var connection = (Connection) key.attachment();
            var answer = connection.read();
            if (answer.isPresent()) {
                answers.add(answer.get());
                idle.add(connection);
            }
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        for (var it : all) {
            it.close();
        }
        selector.close();
    }
}
