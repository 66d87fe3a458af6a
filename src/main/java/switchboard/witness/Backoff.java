package switchboard.witness;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The waits of one request that is made again and again: longer each time, up to two seconds, and never two alike. */
public final class Backoff {

    private static final long FIRST = Duration.ofMillis(50).toNanos();
    private static final long LONGEST = Duration.ofSeconds(2).toNanos();
    // Come again: too slow, too many, and all that is the program's own trouble.
    private static final Set<Integer> AGAIN = Set.of(408, 429);

    private final long start = System.nanoTime();
    private final Duration patience;
    private long wait = FIRST;

    /** Gives up after {@code patience}. */
    public Backoff(Duration patience) {
        this.patience = patience;
    }

    /** Whether an answer of that status settles nothing. */
    public static boolean again(int status) {
        return status >= 500 || AGAIN.contains(status);
    }

    /** Whether that answer settles nothing; one of 503 without {@code Retry-After} is none that the contract knows. */
    public static boolean again(HttpResponse<?> response) throws IOException {
        if (response.statusCode() == 503
                && response.headers().firstValue("Retry-After").isEmpty()) {
            throw new IOException("503 without Retry-After");
        }
        return again(response.statusCode());
    }

    /** Waits; an {@link IOException} once patience has run out. */
    public void pause() throws IOException, InterruptedException {
        if (System.nanoTime() - start > patience.toNanos()) {
            throw new IOException("no answer for " + patience.toSeconds() + " s");
        }
        TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(wait / 2, wait));
        wait = Math.min(LONGEST, wait * 2);
    }
}
