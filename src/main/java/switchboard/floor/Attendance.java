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

/** I12 of a run with a bot, and how soon it decided. */
public final class Attendance implements Judge.Also {

    private final List<Duration> waited = new ArrayList<>();

    @Override
    public Findings judged(String conversation, List<String> lines) {
        var verdict = Attention.judge(conversation, lines);
        synchronized (waited) {
            waited.addAll(verdict.waited());
        }
        return verdict.findings();
    }

    /** Says how long customers waited for the bot, outages counted in. */
    public void say(PrintStream out) {
        Spread spread;
        synchronized (waited) {
            spread = Spread.of(waited);
        }
        if (spread.count() > 0) {
            out.printf(
                    Locale.ROOT,
                    "message to the bot's decision, stored: p50 %,d ms, p99 %,d ms, longest %,d ms of %,d%n",
                    spread.p50().toMillis(),
                    spread.p99().toMillis(),
                    spread.longest().toMillis(),
                    spread.count());
        }
    }
}
