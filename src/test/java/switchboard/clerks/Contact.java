package switchboard.clerks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One conversation on its way to an agent, from when a person is about to be asked for; times are of this process' clock. */
final class Contact {

    private static final long PATIENCE_SECONDS = 60;

    private final long asked = System.nanoTime();
    private volatile long offered;
    private final CompletableFuture<String> agent = new CompletableFuture<>();

    /** An agent's stream shows it. */
    void offered() {
        offered = System.nanoTime();
    }

    /** It was acknowledged that she has it. */
    void taken(String by) {
        agent.complete(by);
    }

    void failed(Exception why) {
        agent.completeExceptionally(why);
    }

    /** Returns once somebody has it; gives up after a minute. */
    void await() throws InterruptedException, ExecutionException, TimeoutException {
        agent.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Who has it. */
    String agent() {
        return agent.join();
    }

    /** Nanoseconds from asking to the offer on her stream. */
    long untilOffered() {
        return offered - asked;
    }
}
