package switchboard.routing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import switchboard.contact.Command;
import switchboard.contact.Decision;
import switchboard.contact.Item;
import switchboard.contact.Output;
import switchboard.contact.Output.Reason;
import switchboard.plan.Cost;
import switchboard.plan.Plan;
import switchboard.plan.Queue;
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
        match.begin(command.at());
        switch (command) {
            case Command.Enter enter -> enter(enter.item());
            case Command.Leave leave -> leave(leave);
            case Command.Report report -> match.report(report.worker());
            case Command.Forget forget -> forget(forget.agent());
            case Command.Accept accept -> accept(accept);
            case Command.Return back -> back(back);
            case Command.Release release -> release(release);
            case Command.Tick _ -> {}
            case Command.Adopt adopt -> adopt(adopt);
        }
        var out = match.settle();
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

    private void enter(Item item) {
        var known = match.known(item.id());
        var held = known == null ? null : known.held(item.epoch());
        if (held != null) {
            ignore(item.id(), item.epoch(), held.state == State.ACCEPTED ? Reason.ACCEPTED : Reason.PROPOSED);
        } else if (known != null && known.waits() && item.epoch() < known.epoch) {
            ignore(item.id(), item.epoch(), Reason.STALE);
        } else {
            match.enter(item, known);
        }
    }

    private void leave(Command.Leave leave) {
        var waiter = match.waiter(leave.item());
        if (waiter == null || leave.epoch() < waiter.epoch) {
            ignore(leave.item(), leave.epoch(), waiter == null ? Reason.UNKNOWN : Reason.STALE);
        } else {
            match.gone(waiter);
        }
    }

    private void accept(Command.Accept accept) {
        var held = match.held(accept.item(), accept.epoch());
        if (held == null || held.state == State.ACCEPTED) {
            ignore(accept.item(), accept.epoch(), whyNot(held, accept.item(), accept.epoch()));
        } else {
            match.accept(held);
        }
    }

    private void back(Command.Return back) {
        var held = match.held(back.item(), back.epoch());
        if (held == null || held.state == State.ACCEPTED) {
            ignore(back.item(), back.epoch(), whyNot(held, back.item(), back.epoch()));
        } else {
            match.returned(held, back.next(), back.reason());
        }
    }

    private void release(Command.Release release) {
        var held = match.held(release.item(), release.epoch());
        if (held == null) {
            ignore(release.item(), release.epoch(), whyNot(null, release.item(), release.epoch()));
        } else if (held.state == State.ACCEPTED) {
            match.end(held);
        } else {
            match.gone(held);
        }
    }

    private Reason whyNot(@Nullable Waiter held, String item, long epoch) {
        if (held != null) {
            return Reason.ACCEPTED;
        }
        var waiter = match.waiter(item);
        return waiter == null ? Reason.UNKNOWN : epoch < waiter.epoch ? Reason.STALE : Reason.NOT_PROPOSED;
    }

    private void forget(String id) {
        var agent = match.staff.agent(id);
        if (agent == null) {
            ignore(id, 0, Reason.UNKNOWN);
        } else {
            match.forget(agent);
        }
    }

    private void adopt(Command.Adopt adopt) {
        plan = adopt.plan();
        match.adopt(adopt.version(), adopt.plan());
    }

    private void ignore(String item, long epoch, Reason reason) {
        match.put(new Output.Ignored(item, epoch, reason));
    }

    /** All queues of the plan. */
    static final class Lines {

        private final Map<String, Line> all = new HashMap<>();
        private Line others;

        /** Who was asked for last: many ask for the same one after the other. */
        private Line last;

        Lines(Plan plan) {
            plan.queues().forEach(queue -> all.put(queue.name(), new Line(queue)));
            others = requireNonNull(all.get(plan.defaultQueue()));
            last = others;
        }

        /** The default one where the plan has none of that name. */
        Line of(String queue) {
            if (!last.queue.name().equals(queue)) {
                last = all.getOrDefault(queue, others);
            }
            return last;
        }

        void adopt(Plan plan) {
            var before = Map.copyOf(all);
            all.clear();
            plan.queues().forEach(queue -> all.put(queue.name(), new Line(queue).after(before.get(queue.name()))));
            others = requireNonNull(all.get(plan.defaultQueue()));
            last = others;
        }
    }

    /** A queue as it goes. */
    static final class Line {

        /** Weight of the past in the mean of gaps: 15 of 16. */
        private static final int SHIFT = 4;

        final Queue queue;

        /** How long an agent may take to accept, in ms. */
        private final long offer;

        /** Of the latest offer: of many in one ms it is the same. */
        private Instant deadline = Instant.EPOCH;

        int waiting;
        int pinned;

        /** Mean time from one match to the next while somebody waited all the while, in 1/16 ms; 0: not known yet. */
        private long gap;

        private long lastMatch;

        /** By step: in ms from the entry on; Waiter.NEVER: it has no end. */
        private final long[] ends;

        Line(Queue queue) {
            this.queue = queue;
            this.offer = queue.offer().toMillis();
            this.ends = new long[queue.steps().size()];
            var end = 0L;
            for (int step = 0; step < ends.length; step++) {
                var lasts = queue.steps().get(step).lasts();
                end += lasts.toMillis();
                ends[step] = lasts.isZero() ? Waiter.NEVER : end;
            }
        }

        /** Of an offer that is made now. */
        Instant deadline(long now) {
            if (deadline.toEpochMilli() != now + offer) {
                deadline = Instant.ofEpochMilli(now + offer);
            }
            return deadline;
        }

        /** When the step ends for who came in at that time. */
        long end(int step, long since) {
            return ends[step] == Waiter.NEVER ? Waiter.NEVER : since + ends[step];
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
