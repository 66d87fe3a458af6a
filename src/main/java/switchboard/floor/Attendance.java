package switchboard.floor;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import switchboard.custody.Attention;
import switchboard.custody.Custody.Spread;
import switchboard.invariants.Findings;
import switchboard.witness.Judge;

/** I12 of a run with a bot, and how soon it decided: first of all, and at any time. */
public final class Attendance implements Judge.Also {

    private final List<Duration> first = new ArrayList<>();
    private final List<Duration> waited = new ArrayList<>();

    @Override
    public Findings judged(String conversation, List<String> lines) {
        var verdict = Attention.judge(conversation, lines);
        synchronized (waited) {
            verdict.waited().stream().limit(1).forEach(first::add);
            waited.addAll(verdict.waited());
        }
        return verdict.findings();
    }

    /** Says how long customers waited for the bot, outages counted in. */
    public void say(PrintStream out) {
        synchronized (waited) {
            say(out, "first message to the bot's first decision, stored", first);
            say(out, "message to the bot's decision, stored", waited);
        }
    }

    private static void say(PrintStream out, String what, List<Duration> waited) {
        var spread = Spread.of(waited);
        if (spread.count() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%s: p50 %,d ms, p99 %,d ms, longest %,d ms of %,d%n",
                    what,
                    spread.p50().toMillis(),
                    spread.p99().toMillis(),
                    spread.longest().toMillis(),
                    spread.count());
        }
    }
}
