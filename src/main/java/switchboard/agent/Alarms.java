package switchboard.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import switchboard.agent.Agent.Command;
import switchboard.agent.Agent.Grace;
import switchboard.agent.Agent.Idle;
import switchboard.agent.Agent.Overdue;
import switchboard.agent.Work.Held;

/** The timers of one incarnation. They run by the monotonic clock from arming, whatever the wall's does. */
final class Alarms {

    /** So long after an offer's deadline its conversation has had its say. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** One who is there is looked after so often, should her actor and all her streams have ended together. */
    static final Duration ROUND = Duration.ofMinutes(2);

    /** Offers last seconds: a deadline further off is a clock's fault. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final TimerScheduler<Command> timers;
    private final Duration grace;

    /** {@code grace}: how long presence lasts without a stream, and after that what she has in hand. */
    Alarms(TimerScheduler<Command> timers, Duration grace) {
        this.timers = timers;
        this.grace = grace;
    }

    /** One of both runs, or none; one that runs goes on. */
    void graces(boolean lease, boolean work) {
        arm("lease", lease, new Grace(false));
        arm("work", work, new Grace(true));
    }

    private void arm(String timer, boolean wanted, Grace after) {
        if (!wanted) {
            timers.cancel(timer);
        } else if (!timers.isTimerActive(timer)) {
            timers.startSingleTimer(timer, after, grace);
        }
    }

    /** One for each offer, if there is none yet. */
    void offers(Collection<Held> held, Instant now) {
        held.stream().filter(h -> !timers.isTimerActive(h.reservation())).forEach(h -> offer(h, now));
    }

    /** Anew. */
    void offer(Held held, Instant now) {
        if (held.reserved()) {
            var left = Duration.between(now, held.deadline());
            var bounded = left.isNegative() ? Duration.ZERO : left.compareTo(LONGEST) > 0 ? LONGEST : left;
            timers.startSingleTimer(held.reservation(), new Overdue(held.reservation()), bounded.plus(PATIENCE));
        }
    }

    /** That reservation's conversation could not be asked. */
    void again(String reservation) {
        timers.startSingleTimer(reservation, new Overdue(reservation), PATIENCE);
    }

    /** Whether she is still needed in memory is to be seen some time after the last that happened. */
    void idle() {
        timers.startSingleTimer("idle", new Idle(), ROUND);
    }
}
