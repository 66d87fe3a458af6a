package switchboard.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import switchboard.plan.Cost;
import switchboard.plan.Plan;
import switchboard.plan.Queue;
import switchboard.routing.Agent.Reservation;
import switchboard.routing.Output.Reason;
import switchboard.routing.Waiter.State;

/**
 * A pure function of its commands: the same ones in the same order give the same outputs, bit by bit. After every command
 * nothing waits beside an agent who could have it. Not safe for several threads.
 */
public final class Router {

    /**
     * A queue at a glance.
     *
     * @param waiting all that wait and are not proposed
     * @param pinned those of them that wait for one agent
     * @param oldest when who waits longest came into the queue; empty: nobody waits
     * @param ready members who are offered what fits
     * @param estimate how long who enters now will wait; empty: it cannot be told yet
     */
    public record Figures(
            String queue, int waiting, int pinned, Optional<Instant> oldest, int ready, Optional<Duration> estimate) {}

    private final Match match;
    private final Decision.Fingerprint fingerprint = new Decision.Fingerprint();
    private Plan plan;

    /** Of a version of the plan. */
    public Router(long version, Plan plan) {
        this.match = new Match(version, plan);
        this.plan = plan;
    }

    /** In the order in which it came to them. */
    public List<Output> apply(Command command) {
        var out = match.begin(command.at());
        switch (command) {
            case Command.Enter enter -> enter(enter.item(), out);
            case Command.Leave leave -> leave(leave, out);
            case Command.Report report -> match.report(report.worker());
            case Command.Forget forget -> forget(forget.agent(), out);
            case Command.Accept accept -> accept(accept, out);
            case Command.Return back -> back(back, out);
            case Command.Release release -> release(release, out);
            case Command.Tick _ -> {}
            case Command.Adopt adopt -> adopt(adopt);
        }
        match.settle();
        fingerprint.add(out);
        return out;
    }

    /** When a {@link Command.Tick} is due; empty: nothing happens by time alone. */
    public Optional<Instant> due() {
        return match.due();
    }

    /** Over all outputs so far: equal for equal commands. */
    public long decisions() {
        return fingerprint.value();
    }

    /** Of all queues of the plan, by name. Looks at all that wait. */
    public List<Figures> figures() {
        var oldest = new HashMap<String, Instant>();
        match.waiters()
                .filter(waiter -> waiter.state == State.PLACED)
                .forEach(waiter ->
                        oldest.merge(waiter.line.queue.name(), waiter.item.since(), (a, b) -> a.isBefore(b) ? a : b));
        return plan.queues().stream()
                .map(queue -> figures(queue, Optional.ofNullable(oldest.get(queue.name()))))
                .toList();
    }

    private Figures figures(Queue queue, Optional<Instant> oldest) {
        var line = match.line(queue.name());
        var ready = match.staff.ready(queue.name());
        return new Figures(queue.name(), line.waiting, line.pinned, oldest, ready, line.estimate(ready > 0));
    }

    /** The units that an agent has left; negative where his capacity was lowered below what he holds. 0 for nobody. */
    int free(String agent, Cost.Pool pool) {
        var known = match.staff.agent(agent);
        return known == null ? 0 : known.free(pool);
    }

    private void enter(Item item, List<Output> out) {
        var reservation = match.reservation(item.id(), item.epoch());
        var waiter = match.waiter(item.id());
        if (reservation != null) {
            ignore(out, item.id(), item.epoch(), reservation.accepted ? Reason.ACCEPTED : Reason.PROPOSED);
        } else if (waiter != null && item.epoch() < waiter.item.epoch()) {
            ignore(out, item.id(), item.epoch(), Reason.STALE);
        } else {
            match.enter(item);
        }
    }

    private void leave(Command.Leave leave, List<Output> out) {
        var waiter = match.waiter(leave.item());
        if (waiter == null || leave.epoch() < waiter.item.epoch()) {
            ignore(out, leave.item(), leave.epoch(), waiter == null ? Reason.UNKNOWN : Reason.STALE);
        } else {
            match.gone(waiter);
        }
    }

    private void accept(Command.Accept accept, List<Output> out) {
        var reservation = match.reservation(accept.item(), accept.epoch());
        if (reservation == null || reservation.accepted) {
            ignore(out, accept.item(), accept.epoch(), whyNot(reservation, accept.item(), accept.epoch()));
        } else {
            match.accept(reservation);
        }
    }

    private void back(Command.Return back, List<Output> out) {
        var reservation = match.reservation(back.item(), back.epoch());
        var waiter = match.waiter(back.item());
        if (reservation == null || reservation.accepted || waiter == null) {
            ignore(out, back.item(), back.epoch(), whyNot(reservation, back.item(), back.epoch()));
        } else {
            match.returned(waiter, back.next(), reservation.agent.id, back.reason());
        }
    }

    private void release(Command.Release release, List<Output> out) {
        var reservation = match.reservation(release.item(), release.epoch());
        if (reservation == null) {
            ignore(out, release.item(), release.epoch(), whyNot(null, release.item(), release.epoch()));
            return;
        }
        var waiter = reservation.accepted ? null : match.waiter(release.item());
        if (waiter == null) {
            match.end(reservation);
        } else {
            match.gone(waiter);
        }
    }

    private Reason whyNot(@Nullable Reservation reservation, String item, long epoch) {
        if (reservation != null) {
            return Reason.ACCEPTED;
        }
        var waiter = match.waiter(item);
        return waiter == null ? Reason.UNKNOWN : epoch < waiter.item.epoch() ? Reason.STALE : Reason.NOT_PROPOSED;
    }

    private void forget(String id, List<Output> out) {
        var agent = match.staff.agent(id);
        if (agent == null) {
            ignore(out, id, 0, Reason.UNKNOWN);
        } else {
            match.forget(agent);
        }
    }

    private void adopt(Command.Adopt adopt) {
        plan = adopt.plan();
        match.adopt(adopt.version(), adopt.plan());
    }

    private static void ignore(List<Output> out, String item, long epoch, Reason reason) {
        out.add(new Output.Ignored(item, epoch, reason));
    }

    /** A queue as it goes. */
    static final class Line {

        /** Weight of the past in the mean of gaps: 15 of 16. */
        private static final int SHIFT = 4;

        final Queue queue;

        /** How long an agent may take to accept, in ms. */
        final long offer;

        int waiting;
        int pinned;

        /** Mean time from one match to the next while somebody waited all the while, in 1/16 ms; 0: not known yet. */
        private long gap;

        private long lastMatch;

        Line(Queue queue) {
            this.queue = queue;
            this.offer = queue.offer().toMillis();
        }

        /** With what was learned of the queue of that name under the plan before. */
        Line after(@Nullable Line before) {
            gap = before == null ? 0 : before.gap;
            lastMatch = before == null ? 0 : before.lastMatch;
            return this;
        }

        void matched(long since, long now) {
            if (since < lastMatch) {
                var passed = (now - lastMatch) << SHIFT;
                gap = gap == 0 ? Math.max(1, passed) : Math.max(1, gap + ((passed - gap) >> SHIFT));
            }
            lastMatch = now;
        }

        /** Of who enters now; empty: nothing is known to tell it from. */
        Optional<Duration> estimate(boolean ready) {
            if (waiting == 0 && ready) {
                return Optional.of(Duration.ZERO);
            }
            return gap == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(((waiting + 1L) * gap) >> SHIFT));
        }
    }
}
