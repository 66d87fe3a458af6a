package switchboard.footprint;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import switchboard.witness.Caller;

/** What a program says of itself at {@code /metrics}. */
public final class Metrics {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PACE = Duration.ofMillis(50);

    /** Conversations alive in memory. */
    public static double open(Caller program) throws IOException, InterruptedException {
        return value(scraped(program), "switchboard_conversations_open");
    }

    /** Returns once the rows for lists and figures are where the conversations stand. */
    public static void awaitFollowed(Caller program) throws IOException, InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (value(scraped(program), "switchboard_followers_behind") > 0) {
            if (System.nanoTime() > end) {
                throw new IOException("rows are still behind after " + PATIENCE);
            }
            LockSupport.parkNanos(PACE.toNanos());
        }
    }

    /** Of the figure without labels that is called {@code name}. */
    static double value(String scraped, String name) throws IOException {
        return Double.parseDouble(scraped.lines()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElseThrow(() -> new IOException("no " + name))
                .substring(name.length() + 1));
    }

    private static String scraped(Caller program) throws IOException, InterruptedException {
        return program.get("admin.local-only", "/metrics", "text/plain").body();
    }

    private Metrics() {}
}
