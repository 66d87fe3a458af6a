package switchboard.routing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import switchboard.contact.Command;
import switchboard.contact.Command.Availability;
import switchboard.contact.Item;
import switchboard.contact.Item.Exclusion;
import switchboard.contact.Output;
import switchboard.plan.Plan;
import switchboard.routing.Waiter.State;

/**
 * Who waits, who is there, and who gets whom. What is changed during a command leaves fresh waiters and freed agents;
 * {@link #settle()} tries those and nobody else: all others were settled before.
 */
final class Match {

    /** How long after a deadline nothing may be heard of a proposal, in ms. */
    private static final long SILENCE = 5_000;

    final Staff staff = new Staff();
    private final Buckets buckets = new Buckets(staff);
    private final Row.Timers timers = new Row.Timers();
    private final Router.Lines lines;
    /** All who wait or have a reservation. */
    private final Known waiters = new Known();

    private final List<Waiter> fresh = new ArrayList<>();
    private final List<Agent> freed = new ArrayList<>();
    private List<Output> out = List.of();
    private Plan plan;
    private long version;
    private long now = Long.MIN_VALUE;

    Match(long version, Plan plan) {
        this.version = version;
        this.plan = plan;
        this.lines = new Router.Lines(plan);
    }

    void begin(Instant at) {
        now = Math.max(now, at.toEpochMilli());
        out = List.of();
        expire();
    }

    /** Most commands put out nothing or one thing. */
    void put(Output output) {
        if (out.isEmpty()) {
            out = List.of(output);
            return;
        }
        if (out.size() == 1) {
            out = new ArrayList<>(out);
        }
        out.add(output);
    }

    Optional<Instant> due() {
        return timers.due() == Waiter.NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(timers.due()));
    }

    /** Also some who have an agent. */
    Stream<Waiter> waiters() {
        return waiters.all();
    }

    /** Its latest wait; absent: nothing is known of it. */
    @Nullable Waiter known(String item) {
        return waiters.get(item);
    }

    /** Absent: it does not wait. */
    @Nullable Waiter waiter(String item) {
        var waiter = waiters.get(item);
        return waiter == null || !waiter.waits() ? null : waiter;
    }

    /** The wait that was proposed or accepted in that epoch. */
    @Nullable Waiter held(String item, long epoch) {
        var waiter = waiters.get(item);
        return waiter == null ? null : waiter.held(epoch);
    }

    Router.Line line(String queue) {
        return lines.of(queue);
    }

    private void expire() {
        while (timers.due() <= now) {
            timers.next().forEach(this::expire);
        }
    }

    private void expire(Waiter waiter) {
        if (waiter.state == State.PROPOSED) {
            put(new Output.Unanswered(waiter.id, waiter.epoch, waiter.holder().id));
            returned(waiter, waiter.epoch, Item.Reason.TIMED_OUT);
        } else {
            again(waiter);
        }
    }

    /** In place of its latest wait, if that is not over. */
    void enter(Item item, @Nullable Waiter known) {
        var line = line(item.queue());
        var waiter = known != null && known.waits() ? known : another(item, line, known);
        takeOut(waiter);
        waiter.is(item, line);
        tryOut(waiter);
    }

    private Waiter another(Item item, Router.Line line, @Nullable Waiter earlier) {
        var waiter = new Waiter(item, line);
        if (earlier == null) {
            waiters.add(waiter);
        } else {
            waiter.earlier = earlier;
            waiters.replace(waiter);
        }
        return waiter;
    }

    void accept(Waiter waiter) {
        timers.cancel(waiter);
        waiter.state = State.ACCEPTED;
        waiter.holder().accepted(now);
        staff.update(waiter.holder());
    }

    void report(Command.Worker worker) {
        var agent = staff.hired(worker.id(), worker.freeSince().toEpochMilli());
        agent.report(worker, now);
        agent.forgotten = false;
        if (staff.learn(agent, worker)) {
            buckets.cover(agent);
        }
        if (agent.availability == Availability.OFF) {
            unpin(agent.id);
        }
        changed(agent);
    }

    void forget(Agent agent) {
        report(new Command.Worker(
                agent.id, List.of(), List.of(), List.of(), 0, 0, Availability.OFF, Instant.EPOCH, List.of()));
        agent.forgotten = true;
        changed(agent);
    }

    /** Those too whom time has just made fresh. */
    private void unpin(String agent) {
        Stream.concat(
                        buckets.pinnedTo(agent).stream(),
                        List.copyOf(fresh).stream()
                                .filter(waiter -> waiter.state == State.FRESH && waiter.waitsFor(agent)))
                .filter(waiter -> !waiter.item.pin().named())
                .toList()
                .forEach(this::again);
    }

    void adopt(long adopted, Plan other) {
        version = adopted;
        plan = other;
        var all = waiters.all().filter(Waiter::waits).sorted(Waiter.TURN).toList();
        var waiting =
                all.stream().filter(waiter -> waiter.state != State.PROPOSED).toList();
        waiting.forEach(this::takeOut);
        buckets.clear();
        staff.forgetCosts();
        lines.adopt(plan);
        all.forEach(waiter -> waiter.is(waiter.item, line(waiter.item.queue())));
        waiting.forEach(this::tryOut);
    }

    /** It waits again, with its key; the agent is not offered it for a while. */
    void returned(Waiter waiter, long epoch, Item.Reason reason) {
        var agent = waiter.holder().id;
        takeOut(waiter);
        var excluded = new ArrayList<>(waiter.item.excluded());
        if (reason != Item.Reason.RESCINDED) {
            excluded.add(new Exclusion(agent, Instant.ofEpochMilli(now).plus(waiter.line.queue.coolDown()), reason));
        }
        waiter.put(waiter.item.in(epoch, excluded, waiter.item.pin()));
        tryOut(waiter);
    }

    /** Who may have it has changed. */
    private void again(Waiter waiter) {
        takeOut(waiter);
        tryOut(waiter);
    }

    void gone(Waiter waiter) {
        takeOut(waiter);
        waiters.remove(waiter);
    }

    private void tryOut(Waiter waiter) {
        advance(waiter);
        waiter.lapse(now, this::isOff);
        waiter.state = State.FRESH;
        waiter.bucket = buckets.of(waiter, plan.cost(waiter.item.channel()), waiters);
        fresh.add(waiter);
    }

    private boolean isOff(String agent) {
        var known = staff.agent(agent);
        return known == null || known.availability == Availability.OFF;
    }

    /** As many steps on as time has passed. */
    private void advance(Waiter waiter) {
        while (waiter.end() <= now) {
            if (!waiter.next()) {
                var from = waiter.line.queue;
                put(new Output.Overflowed(waiter.id, waiter.epoch, from.name(), from.overflow()));
                waiter.is(waiter.item.movedTo(from.overflow(), Instant.ofEpochMilli(now)), line(from.overflow()));
            }
        }
    }

    private void place(Waiter waiter) {
        if (waiter.state == State.PLACED) {
            throw new IllegalStateException("an agent was found for " + waiter.id + " who cannot take it");
        }
        waiter.state = State.PLACED;
        waiter.line.waiting++;
        waiter.line.pinned += waiter.pinned() ? 1 : 0;
        buckets.add(waiter);
        timers.set(waiter, waiter.changes());
    }

    /** Out of its bucket, or from who it is proposed to. */
    private void takeOut(Waiter waiter) {
        timers.cancel(waiter);
        if (waiter.state == State.PLACED) {
            waiter.line.waiting--;
            waiter.line.pinned -= waiter.pinned() ? 1 : 0;
            buckets.remove(waiter);
        } else if (waiter.state == State.PROPOSED) {
            undo(waiter);
        }
        waiter.bucket = null;
        waiter.state = State.GONE;
    }

    /** Of one who was accepted. */
    void end(Waiter waiter) {
        undo(waiter);
        waiters.remove(waiter);
    }

    private void undo(Waiter waiter) {
        var holder = waiter.holder();
        holder.end(waiter, now);
        changed(holder);
    }

    /** He may be able to take more. */
    private void changed(Agent agent) {
        staff.update(agent);
        if (agent.forgotten && agent.holdsNothing()) {
            staff.dismiss(agent);
        } else if (!freed.contains(agent)) {
            freed.add(agent);
        }
    }

    /** Whose turn it is of those who have an able agent, until there is nobody left; then all that the command put out. */
    List<Output> settle() {
        if (fresh.size() > 1) {
            fresh.sort(Waiter.TURN);
        }
        for (int next = 0; ; ) {
            while (next < fresh.size() && fresh.get(next).state != State.FRESH) {
                next++;
            }
            var head = next < fresh.size() ? fresh.get(next) : null;
            var turn = earlier(head);
            if (turn == null) {
                break;
            }
            var choice = freed.size() == 1 && turn.state == State.PLACED
                    ? Choice.only(freed.getFirst())
                    : Choice.of(turn, turn.bucket(), staff);
            if (choice == null) {
                place(turn);
            } else {
                propose(turn, choice);
            }
        }
        fresh.clear();
        freed.clear();
        return out;
    }

    /** Of {@code head} and of what the freed agents could take. */
    private @Nullable Waiter earlier(@Nullable Waiter head) {
        var first = head;
        for (int i = 0; i < freed.size(); i++) {
            var agent = freed.get(i);
            if (agent.availability == Availability.READY) {
                first = Waiter.earlier(first, buckets.first(agent));
            }
        }
        return first;
    }

    private void propose(Waiter waiter, Choice choice) {
        var bucket = waiter.bucket();
        takeOut(waiter);
        var agent = choice.winner();
        if (agent.take(waiter, bucket.cost, now)) {
            changed(agent);
        } else {
            staff.update(agent);
        }
        waiter.state = State.PROPOSED;
        waiter.line.matched(waiter.since(), now);
        var deadline = waiter.line.deadline(now);
        timers.set(waiter, deadline.toEpochMilli() + SILENCE);
        put(new Output.Proposal(
                waiter.id, waiter.epoch, agent.id, bucket.cost, deadline, choice.decision(version, waiter, bucket)));
    }
}
