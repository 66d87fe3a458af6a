package switchboard.routing;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import switchboard.plan.Cost;
import switchboard.plan.Need;
import switchboard.plan.Queue;

/**
 * Waiting items by what they ask for: one bucket per requirement signature, at a slot of its own. Each agent has the set
 * of the slots that he covers, so that one who is freed looks at the heads of his live buckets only. Who waits for one
 * agent stands with him instead.
 */
final class Buckets {

    /** All who ask for the same, in the order of their turns. */
    static final class Bucket extends Row.Turns {

        final int slot;
        final Signature signature;
        final String asked;
        final Cost cost;
        final boolean proficiency;

        /** Slots of the agents who have what is asked. */
        final Staff.Bits cover = new Staff.Bits();

        /** What is asked, at every level. */
        final int[] abilities;

        private final Demand demand;
        private final List<Need> needs;
        private final Staff.Skill[] skills;
        private final int[] levels;

        private Bucket(int slot, Signature signature, List<Need> needs, Queue queue, Demand demand, Staff staff) {
            this.slot = slot;
            this.signature = signature;
            this.cost = signature.cost();
            this.proficiency = queue.proficiency();
            this.demand = demand;
            this.asked = needs.stream()
                    .map(need -> need.skill() + ">=" + need.level())
                    .collect(Collectors.joining(" "));
            this.needs = needs;
            this.skills = needs.stream().map(need -> staff.take(need.skill())).toArray(Staff.Skill[]::new);
            this.levels = needs.stream().mapToInt(Need::level).toArray();
            this.abilities = Arrays.stream(skills)
                    .distinct()
                    .flatMapToInt(Staff.Skill::abilities)
                    .toArray();
        }

        int proficiency(int agent) {
            var sum = 0;
            for (var skill : skills) {
                sum += skill.level(agent);
            }
            return sum;
        }

        private boolean covers(int agent) {
            for (int i = 0; i < skills.length; i++) {
                if (skills[i].level(agent) < levels[i]) {
                    return false;
                }
            }
            return true;
        }

        private Staff.Bits all() {
            var all = skills[0].atLeast(levels[0]).copy();
            for (int i = 1; i < skills.length; i++) {
                all.retain(skills[i].atLeast(levels[i]));
            }
            return all;
        }
    }

    /** The heads of the buckets of one cost. */
    private static final class Demand {

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
    private final Map<Signature, Bucket> bySignature = new HashMap<>();
    private final List<Integer> vacant = new ArrayList<>();
    private final List<Demand> demands = new ArrayList<>();
    private @Nullable Bucket[] slots = new Bucket[64];
    private @Nullable Waiter[] heads = new Waiter[64];
    private long[] prefixes = new long[64];
    private int top;
    private int room = ROOM;

    Buckets(Staff staff) {
        this.staff = staff;
    }

    /** The bucket of that signature; among {@code waiting} are all who are in one. */
    Bucket of(Signature signature, Queue queue, Waiter.Known waiting) {
        var known = bySignature.get(signature);
        return known != null ? known : opened(signature, queue, waiting);
    }

    private Bucket opened(Signature signature, Queue queue, Waiter.Known waiting) {
        if (bySignature.size() >= room) {
            sweep(waiting.all());
        }
        var needs = new ArrayList<>(queue.needs(signature.step(), signature.own()));
        if (!signature.language().isEmpty()) {
            needs.add(new Need(Staff.language(signature.language()), 1));
        }
        needs.add(new Need(Staff.queue(queue.name()), 1));
        var slot = vacant.isEmpty() ? top++ : vacant.removeLast();
        if (slot >= slots.length) {
            slots = Arrays.copyOf(slots, 2 * slots.length);
            heads = Arrays.copyOf(heads, slots.length);
            prefixes = Arrays.copyOf(prefixes, slots.length);
        }
        var bucket = new Bucket(slot, signature, needs, queue, demand(signature.cost()), staff);
        slots[slot] = bucket;
        bySignature.put(signature, bucket);
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
        prefixes[bucket.slot] = 0;
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
            if (key < least || (key == least && earliest >= 0 && isEarlier(slot, earliest))) {
                least = key;
                earliest = slot;
            }
        }
        return earliest;
    }

    /** Of two heads with the same key. */
    private boolean isEarlier(int a, int b) {
        return prefix(a) != prefix(b)
                ? Long.compareUnsigned(prefix(a), prefix(b)) < 0
                : Waiter.TURN.compare(requireNonNull(heads[a]), requireNonNull(heads[b])) < 0;
    }

    /** Of the head, who is looked at once, and only when somebody has the same key. */
    private long prefix(int slot) {
        prefixes[slot] = prefixes[slot] == 0 ? requireNonNull(heads[slot]).prefix : prefixes[slot];
        return prefixes[slot];
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
                bucket.needs.forEach(need -> staff.drop(need.skill()));
                bySignature.remove(bucket.signature);
                slots[slot] = null;
                vacant.add(slot);
            }
        }
        staff.all().forEach(agent -> agent.keep(slot -> slots[slot] != null));
        room = Math.max(ROOM, 2 * bySignature.size());
    }
}
