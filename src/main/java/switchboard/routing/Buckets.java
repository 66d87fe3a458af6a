package switchboard.routing;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import switchboard.plan.Cost;

/**
 * Waiting items by what they ask for: one bucket per requirement signature, at a slot of its own. Each agent has the set
 * of the slots that he covers, so that one who is freed looks at the heads of his live buckets only. Who waits for one
 * agent stands with him instead.
 */
final class Buckets {

    /** The heads of the buckets of one cost. */
    static final class Demand {

        final Cost cost;

        /** By slot; Waiter.NEVER: nobody waits there, or somebody who costs otherwise. */
        long[] keys = new long[0];

        /** In how many of the buckets somebody waits. */
        int live;

        Demand(Cost cost) {
            this.cost = cost;
        }

        void put(int slot, long key) {
            if (slot >= keys.length) {
                var had = keys.length;
                keys = Arrays.copyOf(keys, Math.max(64, 2 * slot));
                Arrays.fill(keys, had, keys.length, Waiter.NEVER);
            }
            live += (key == Waiter.NEVER ? 0 : 1) - (keys[slot] == Waiter.NEVER ? 0 : 1);
            keys[slot] = key;
        }
    }

    private static final int ROOM = 4_096;

    private static final TreeSet<Waiter> NOBODY = new TreeSet<>(Waiter.TURN);

    private final Staff staff;
    private final Map<String, TreeSet<Waiter>> pinned = new HashMap<>();
    private final Signatures signatures = new Signatures();
    private final List<Integer> vacant = new ArrayList<>();
    private final List<Demand> demands = new ArrayList<>();
    private @Nullable Bucket[] slots = new Bucket[64];
    private @Nullable Waiter[] heads = new Waiter[64];
    private int top;
    private int room = ROOM;

    Buckets(Staff staff) {
        this.staff = staff;
    }

    /** The bucket of what it asks for now; among {@code waiting} are all who are in one. */
    Bucket of(Waiter waiter, Cost cost, Known waiting) {
        var known = signatures.get(waiter, cost);
        return known != null ? known : opened(waiter, cost, waiting);
    }

    private Bucket opened(Waiter waiter, Cost cost, Known waiting) {
        if (signatures.count() >= room) {
            sweep(waiting.all());
        }
        var slot = vacant.isEmpty() ? top++ : vacant.removeLast();
        if (slot >= slots.length) {
            slots = Arrays.copyOf(slots, 2 * slots.length);
            heads = Arrays.copyOf(heads, slots.length);
        }
        var bucket = new Bucket(slot, waiter, cost, demand(cost), staff);
        slots[slot] = bucket;
        signatures.put(bucket);
        cover(bucket, bucket.all());
        return bucket;
    }

    private void cover(Bucket bucket, Staff.Bits agents) {
        for (var agent = agents.next(0); agent >= 0; agent = agents.next(agent + 1)) {
            bucket.cover.put(agent, true);
            staff.agent(agent).covers(bucket.slot);
        }
    }

    /** After an agent's skills have changed. */
    void cover(Agent agent) {
        agent.covered = 0;
        for (int slot = 0; slot < top; slot++) {
            var bucket = slots[slot];
            if (bucket != null) {
                var covered = bucket.covers(agent.slot);
                bucket.cover.put(agent.slot, covered);
                if (covered) {
                    agent.covers(slot);
                }
            }
        }
    }

    void add(Waiter waiter) {
        if (waiter.pinned()) {
            pinned.computeIfAbsent(waiter.item.pin().agent(), _ -> new TreeSet<>(Waiter.TURN))
                    .add(waiter);
        } else {
            var bucket = waiter.bucket();
            bucket.add(waiter);
            if (waiter.key == bucket.key()) { // else somebody with an earlier one stands first, as before
                head(bucket);
            }
        }
    }

    void remove(Waiter waiter) {
        if (waiter.pinned()) {
            pinned.computeIfPresent(
                    waiter.item.pin().agent(), (_, all) -> all.remove(waiter) && all.isEmpty() ? null : all);
        } else {
            var bucket = waiter.bucket();
            bucket.remove(waiter);
            head(bucket);
        }
    }

    /** All who wait for that agent only, in the order of their turns. */
    List<Waiter> pinnedTo(String agent) {
        return List.copyOf(pinned.getOrDefault(agent, NOBODY));
    }

    private void head(Bucket bucket) {
        heads[bucket.slot] = bucket.first();
        bucket.demand.put(bucket.slot, bucket.key());
    }

    /** Whose turn it is of those that this agent can take now. */
    @Nullable Waiter first(Agent agent) {
        var first = firstPinned(agent);
        for (int i = 0; i < demands.size(); i++) {
            var demand = demands.get(i);
            if (demand.live > 0 && agent.able(demand.cost)) {
                first = first(first, agent, demand.keys);
            }
        }
        return first;
    }

    private @Nullable Waiter first(@Nullable Waiter before, Agent agent, long[] keys) {
        var slot = earliest(agent, keys);
        var head = slot < 0 ? null : heads[slot];
        return head == null || !head.excludes(agent.id)
                ? Waiter.earlier(before, head)
                : firstForHim(before, agent, keys);
    }

    /** Whose head has the first turn of all; -1: nobody waits. */
    private int earliest(Agent agent, long[] keys) {
        var earliest = -1;
        var least = Waiter.NEVER;
        for (int i = 0; i < agent.covered; i++) {
            var slot = agent.covers[i];
            var key = slot < keys.length ? keys[slot] : Waiter.NEVER;
            if (key < least || (key == least && key != Waiter.NEVER && isEarlier(slot, earliest))) {
                least = key;
                earliest = slot;
            }
        }
        return earliest;
    }

    /** Of two heads with the same key. */
    private boolean isEarlier(int a, int b) {
        return Waiter.TURN.compare(requireNonNull(heads[a]), requireNonNull(heads[b])) < 0;
    }

    /** Past those that exclude him. */
    private @Nullable Waiter firstForHim(@Nullable Waiter before, Agent agent, long[] keys) {
        var first = before;
        for (int i = 0; i < agent.covered; i++) {
            var slot = agent.covers[i];
            var key = slot < keys.length ? keys[slot] : Waiter.NEVER;
            if (key != Waiter.NEVER && (first == null || key <= first.key)) {
                first = earlier(first, slot, agent);
            }
        }
        return first;
    }

    private @Nullable Waiter firstPinned(Agent agent) {
        if (pinned.isEmpty()) {
            return null;
        }
        for (var waiter : pinned.getOrDefault(agent.id, NOBODY)) {
            if (waiter.bucket().cover.has(agent.slot) && agent.able(waiter.bucket().cost)) {
                return waiter;
            }
        }
        return null;
    }

    private @Nullable Waiter earlier(@Nullable Waiter first, int slot, Agent agent) {
        var head = heads[slot];
        if (head == null || (first != null && Waiter.TURN.compare(first, head) < 0)) {
            return first;
        }
        var bucket = slots[slot];
        if (bucket == null) {
            return first;
        }
        var mine = head.excludes(agent.id) ? bucket.first(agent) : head;
        return mine == null ? first : Waiter.earlier(first, mine);
    }

    private Demand demand(Cost cost) {
        for (var demand : demands) {
            if (demand.cost.equals(cost)) {
                return demand;
            }
        }
        demands.add(new Demand(cost));
        return demands.getLast();
    }

    /** Forgets every signature; nobody is in a bucket. */
    void clear() {
        sweep(Stream.of());
        demands.clear();
    }

    /** So that what nobody asks for any more takes no room. */
    private void sweep(Stream<Waiter> waiting) {
        var used = new HashSet<Bucket>();
        waiting.filter(waiter -> waiter.bucket != null).forEach(waiter -> used.add(waiter.bucket()));
        for (int slot = 0; slot < top; slot++) {
            var bucket = slots[slot];
            if (bucket != null && !used.contains(bucket)) {
                bucket.drop(staff);
                slots[slot] = null;
                vacant.add(slot);
            }
        }
        signatures.clear();
        used.forEach(signatures::put);
        staff.all().forEach(agent -> agent.keep(slot -> slots[slot] != null));
        room = Math.max(ROOM, 2 * signatures.count());
    }
}
