package switchboard.routing;

import java.util.ArrayList;
import java.util.List;
import switchboard.plan.Cost;
import switchboard.plan.Need;

/** An agent as the router has him. */
final class Agent {

    /** Ranks whoever has work after whoever has none. */
    static final long WORKING = 1L << 60;

    /** A place of his that is taken. */
    static final class Reservation {
        final Agent agent;
        final String item;
        final long epoch;
        final Cost cost;
        boolean accepted;

        Reservation(Agent agent, String item, long epoch, Cost cost) {
            this.agent = agent;
            this.item = item;
            this.epoch = epoch;
            this.cost = cost;
        }
    }

    final String id;
    final int slot;
    /** Bucket slots that his skills cover. */
    final Bits covers = new Bits();

    /** Skills, languages and queues, each under its own prefix. */
    List<Need> skills = List.of();

    /** The same as numbers, each of a skill and his level. */
    int[] abilities = {};

    Command.Availability availability = Command.Availability.OFF;
    /** Is no agent any more once he holds nothing. */
    boolean forgotten;

    private final List<Reservation> own = new ArrayList<>(4);
    private final int[] capacity = new int[2];
    private final int[] load = new int[2];
    private List<Command.Held> held = List.of();
    private long freeSince;
    private long lastWork;
    private boolean worked;

    Agent(String id, int slot, long freeSince) {
        this.id = id;
        this.slot = slot;
        this.freeSince = freeSince;
    }

    void report(Command.Worker worker, long now) {
        capacity[index(Cost.Pool.VOICE)] = worker.voice();
        capacity[index(Cost.Pool.INTERRUPTIBLE)] = worker.interruptible();
        availability = worker.availability();
        held = worker.held();
        recount(now);
    }

    /** Whether his books had it already, perhaps at another cost: he may have more room than before then. */
    boolean take(Reservation reservation, long now) {
        own.add(reservation);
        recount(now);
        return held.stream()
                .anyMatch(one -> one.epoch() == reservation.epoch && one.item().equals(reservation.item));
    }

    void accepted(Reservation reservation, long now) {
        reservation.accepted = true;
        worked = true;
        lastWork = now;
    }

    void end(Reservation reservation, long now) {
        own.remove(reservation);
        recount(now);
    }

    boolean holdsNothing() {
        return own.isEmpty() && held.isEmpty();
    }

    int free(Cost.Pool pool) {
        return capacity[index(pool)] - load[index(pool)];
    }

    boolean able(Cost cost) {
        return availability == Command.Availability.READY && free(cost.pool()) >= cost.units();
    }

    /** The less, the longer idle: since when he has no routed work; for who has some, since when he got the last. */
    long idle() {
        return holdsNothing() ? freeSince : WORKING + lastWork;
    }

    private static int index(Cost.Pool pool) {
        return pool == Cost.Pool.VOICE ? 0 : 1;
    }

    /** What he holds by his own books and by the router's, each once. */
    private void recount(long now) {
        load[0] = 0;
        load[1] = 0;
        for (int i = 0; i < own.size(); i++) {
            var cost = own.get(i).cost;
            load[index(cost.pool())] += cost.units();
        }
        for (var one : held) {
            if (own.stream().noneMatch(mine -> mine.epoch == one.epoch() && mine.item.equals(one.item()))) {
                load[index(one.cost().pool())] += one.cost().units();
                worked = true;
            }
        }
        if (worked && holdsNothing()) {
            worked = false;
            freeSince = now;
        }
    }
}
