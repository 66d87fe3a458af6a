package switchboard.speed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import switchboard.bench.Stand;
import switchboard.load.HttpSender;
import switchboard.load.WarmUp;

/** A program that has worked for a while. */
final class Warm {

    private static final int SENDERS = 64;

    /** Of the processors' time; what was asked for often is compiled by then. */
    private static final Duration ENOUGH = Duration.ofSeconds(90);

    private static final Duration MOST = Duration.ofSeconds(90);

    /** Loads it with single events unless the parts before have. */
    static void up(Stand stand) throws Exception {
        if (stand.process().cpuMicros() >= ENOUGH.toNanos() / 1_000) {
            return;
        }
        var senders = new ArrayList<HttpSender>();
        for (int i = 0; i < SENDERS; i++) {
            var name = "warm-up-" + i;
            senders.add(new HttpSender(stand.address(), name, name, 16));
        }
        WarmUp.run(senders, MOST, List.of(stand.process()), stand.cassandra());
        for (var it : senders) {
            it.close();
        }
    }

    private Warm() {}
}
