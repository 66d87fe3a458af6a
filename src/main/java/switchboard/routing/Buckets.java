package switchboard.routing;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

    /** What is asked for, as it is found again. {@code language} is empty where none is asked. */
    record Signature(String queue, int step, List<Need> own, String language, Cost cost) {}

    /** All who ask for the same, in the order of their turns. */
    static final class Bucket extends Turns {

        final int slot;
        final Signature signature;
        final String asked;
        final Cost cost;
        final boolean proficiency;

        /** Slots of the agents who have what is asked. */
        final Staff.Bits cover = new Staff.Bits();

        /** What is asked, at every level. */
        final int[] abilities;

        private final List<Need> needs;
        private final Staff.Skill[] skills;
        private final int[] levels;

        private Bucket(int slot, Signature signature, List<Need> needs, boolean proficiency, Staff staff) {
            this.slot = slot;
            this.signature = signature;
            this.cost = signature.cost();
            this.proficiency = proficiency;
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

    private static final int ROOM = 4_096;

    private static final TreeSet<Waiter> NOBODY = new TreeSet<>(Waiter.TURN);

    private final Staff staff;
    private final Map<String, TreeSet<Waiter>> pinned = new HashMap<>();
    private final Map<Signature, Bucket> bySignature = new HashMap<>();
    private final List<Integer> vacant = new ArrayList<>();
    private final Staff.Bits live = new Staff.Bits();
    private @Nullable Bucket[] slots = new Bucket[64];
    private @Nullable Waiter[] heads = new Waiter[64];
    private long[] keys = new long[64];
    private long[] prefixes = new long[64];
    private int top;
    private int room = ROOM;

    Buckets(Staff staff) {
        this.staff = staff;
    }

    /** The bucket of that signature; {@code waiting} are all who are in one. */
    Bucket of(Signature signature, Queue queue, Collection<Waiter> waiting) {
        var known = bySignature.get(signature);
        return known != null ? known : opened(signature, queue, waiting);
    }

    private Bucket opened(Signature signature, Queue queue, Collection<Waiter> waiting) {
        if (bySignature.size() >= room) {
            sweep(waiting);
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
            keys = Arrays.copyOf(keys, slots.length);
            prefixes = Arrays.copyOf(prefixes, slots.length);
        }
        var bucket = new Bucket(slot, signature, needs, queue.proficiency(), staff);
        slots[slot] = bucket;
        bySignature.put(signature, bucket);
        cover(bucket, bucket.all());
        return bucket;
    }

    private void cover(Bucket bucket, Staff.Bits agents) {
        for (var agent = agents.next(0); agent >= 0; agent = agents.next(agent + 1)) {
            bucket.cover.put(agent, true);
            staff.agent(agent).covers.put(bucket.slot, true);
        }
    }

    /** After an agent's skills have changed. */
    void cover(Agent agent) {
        for (int slot = 0; slot < top; slot++) {
            var bucket = slots[slot];
            if (bucket != null) {
                var covered = bucket.covers(agent.slot);
                bucket.cover.put(agent.slot, covered);
                agent.covers.put(slot, covered);
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
            head(bucket);
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
        var head = bucket.first();
        heads[bucket.slot] = head;
        keys[bucket.slot] = head == null ? 0 : head.key;
        prefixes[bucket.slot] = head == null ? 0 : head.prefix;
        live.put(bucket.slot, head != null);
    }

    /** Whose turn it is of those that this agent can take now. */
    @Nullable Waiter first(Agent agent) {
        var first = firstPinned(agent);
        var slot = earliest(agent.covers.words);
        var head = slot < 0 ? null : heads[slot];
        return head == null || (!head.excludes(agent.id) && agent.able(head.bucket().cost))
                ? Waiter.earlier(first, head)
                : firstForHim(first, agent);
    }

    /** Whose head has the first turn of all; -1: nobody waits. */
    private int earliest(long[] covered) {
        var earliest = -1;
        for (int word = Math.min(covered.length, live.words.length) - 1; word >= 0; word--) {
            for (var bits = covered[word] & live.words[word]; bits != 0; bits &= bits - 1) {
                var slot = (word << 6) + Long.numberOfTrailingZeros(bits);
                earliest = earliest < 0 || isEarlier(slot, earliest) ? slot : earliest;
            }
        }
        return earliest;
    }

    private boolean isEarlier(int a, int b) {
        if (keys[a] != keys[b]) {
            return keys[a] < keys[b];
        }
        return prefixes[a] != prefixes[b]
                ? Long.compareUnsigned(prefixes[a], prefixes[b]) < 0
                : Waiter.TURN.compare(requireNonNull(heads[a]), requireNonNull(heads[b])) < 0;
    }

    /** Past those that exclude him or take more than he has left. */
    private @Nullable Waiter firstForHim(@Nullable Waiter pinned, Agent agent) {
        var first = pinned;
        var covered = agent.covers.words;
        for (int word = Math.min(covered.length, live.words.length) - 1; word >= 0; word--) {
            for (var bits = covered[word] & live.words[word]; bits != 0; bits &= bits - 1) {
                var slot = (word << 6) + Long.numberOfTrailingZeros(bits);
                if (first == null || keys[slot] <= first.key) {
                    first = earlier(first, slot, agent);
                }
            }
        }
        return first;
    }

    private @Nullable Waiter firstPinned(Agent agent) {
        for (var waiter : pinned.isEmpty() ? NOBODY : pinned.getOrDefault(agent.id, NOBODY)) {
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
        if (bucket == null || !agent.able(bucket.cost)) {
            return first;
        }
        var mine = head.excludes(agent.id) ? bucket.first(agent) : head;
        return mine == null ? first : Waiter.earlier(first, mine);
    }

    /** Forgets every signature; nobody is in a bucket. */
    void clear() {
        sweep(List.of());
    }

    /** So that what nobody asks for any more takes no room. */
    private void sweep(Collection<Waiter> waiting) {
        var used = new HashSet<Bucket>();
        waiting.forEach(waiter -> {
            if (waiter.bucket != null) {
                used.add(waiter.bucket);
            }
        });
        for (int slot = 0; slot < top; slot++) {
            var bucket = slots[slot];
            if (bucket != null && !used.contains(bucket)) {
                for (var agent = bucket.cover.next(0); agent >= 0; agent = bucket.cover.next(agent + 1)) {
                    staff.agent(agent).covers.put(slot, false);
                }
                bucket.needs.forEach(need -> staff.drop(need.skill()));
                bySignature.remove(bucket.signature);
                slots[slot] = null;
                vacant.add(slot);
            }
        }
        room = Math.max(ROOM, 2 * bySignature.size());
    }
}
