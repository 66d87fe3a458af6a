package switchboard.following;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import switchboard.load.OpenLoop;

/**
 * Load at a fixed rate for clients who note by themselves what comes when, each with a thread of the system's own: what they see can be held
 * against what other such threads see. Elsewhere {@link OpenLoop} does.
 */
public final class Paced {

    /** Sends one event and returns once it is acknowledged. */
    public interface Client {

        /** {@code due} of {@link System#nanoTime}: when it should have been sent, which is past if the one before took too long. */
        void send(long due) throws Exception;
    }

    /** Which events one of several clients sends, and when, from a start on; they take turns. */
    record Turns(long start, int perSecond, int client, int clients) {

        /** When its event number {@code number}, from 0 on, is due. */
        long due(long number) {
            return start + (number * clients + client) * TimeUnit.SECONDS.toNanos(1) / perSecond;
        }
    }

    /** Returns when the last one is acknowledged. Enough clients that none is late; each has a thread of its own. */
    public static void run(List<? extends Client> clients, int perSecond, Duration time) throws Exception {
        var start = System.nanoTime();
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var running = clients.stream()
                    .map(client -> {
                        var turns = new Turns(start, perSecond, clients.indexOf(client), clients.size());
                        return threads.submit(() -> send(client, turns, start + time.toNanos()));
                    })
                    .toList();
            for (var one : running) {
                one.get();
            }
        }
    }

    private static Void send(Client client, Turns turns, long end) throws Exception {
        for (long number = 0; turns.due(number) - end < 0; number++) {
            var due = turns.due(number);
            while (System.nanoTime() - due < 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            client.send(due);
        }
        return null;
    }

    private Paced() {}
}
