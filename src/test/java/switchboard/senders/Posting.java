package switchboard.senders;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import switchboard.witness.Caller;
import switchboard.witness.Message;

/** Customers {@code visitor-0} and so on, who write one message after the other, each until it is taken. */
public final class Posting implements AutoCloseable {

    private final Crowd customers = new Crowd();
    private final Tally taken = new Tally("messages taken");

    public Posting(Caller program, int count) {
        for (int i = 0; i < count; i++) {
            var thread = "visitor-" + i;
            var said = new AtomicInteger();
            customers.add(() -> {
                var m = said.getAndIncrement();
                untilTaken(program, new Message(thread, "/chat/web", "m" + m, "Nachricht " + m));
                taken.add();
            });
        }
    }

    /** Returns when so many more are taken. */
    public void await(long more) throws InterruptedException {
        taken.await(more);
    }

    /** Lets each bring what he has in hand to its end. */
    public void finish() throws Exception {
        customers.finish();
    }

    /** Posts it until it is taken; returns the answer. */
    public static String untilTaken(Caller program, Message message) throws InterruptedException {
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
        customers.close();
    }
}
