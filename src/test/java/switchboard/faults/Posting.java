package switchboard.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import switchboard.witness.Caller;
import switchboard.witness.Message;

/** Customers {@code visitor-0} and so on, who write one message after the other, each until it is taken. */
final class Posting implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> customers = new ArrayList<>();
    private final Tally taken = new Tally("messages taken");
    private volatile boolean enough;

    Posting(Caller program, int count) {
        for (int i = 0; i < count; i++) {
            var thread = "visitor-" + i;
            customers.add(threads.submit(() -> {
                for (int m = 0; !enough; m++) {
                    untilTaken(program, new Message(thread, "/chat/web", "m" + m, "Nachricht " + m));
                    taken.add();
                }
                return null;
            }));
        }
    }

    /** Returns when so many more are taken. */
    void await(long more) throws InterruptedException {
        taken.await(more);
    }

    /** Lets each bring what he has in hand to its end. */
    void finish() throws Exception {
        enough = true;
        for (var customer : customers) {
            customer.get(150, TimeUnit.SECONDS);
        }
    }

    /** Posts it until it is taken; returns the answer. */
    static String untilTaken(Caller program, Message message) throws InterruptedException {
        while (true) {
            try {
                var answer = program.post(message);
                if (answer.statusCode() == 201) {
                    return answer.body();
                }
            } catch (IOException e) {
                // it is gone, and will be back
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    @Override
    public void close() {
        enough = true;
        threads.shutdownNow();
    }
}
