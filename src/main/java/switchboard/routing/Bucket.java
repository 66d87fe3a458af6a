package switchboard.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import switchboard.plan.Cost;
import switchboard.plan.Need;

/**
 * All who ask for the same, in the order of their turns. Its signature stands in itself: who enters is compared with the bucket that he
 * is put into, and with nothing else.
 */
final class Bucket extends Row.Turns {

    final int slot;

    /** Of the signature; never 0. */
    final int hash;

    final String asked;
    final Cost cost;
    final boolean proficiency;

    /** Slots of the agents who have what is asked. */
    final Staff.Bits cover = new Staff.Bits();

    /** What is asked, at every level. */
    final int[] abilities;

    final Buckets.Demand demand;

    private final String queue;
    private final int step;

    /** What the contact needs besides its queue's needs. */
    private final List<Need> own;

    /** Empty where none is asked. */
    private final String language;

    private final List<Need> needs;
    private final Staff.Skill[] skills;
    private final int[] levels;

    /** Of what this one asks for now. */
    Bucket(int slot, Waiter waiter, Cost cost, Buckets.Demand demand, Staff staff) {
        this.slot = slot;
        this.hash = hash(waiter, cost);
        this.cost = cost;
        this.demand = demand;
        this.queue = waiter.line.queue.name();
        this.step = waiter.step;
        this.own = waiter.item.needs();
        this.language = waiter.language();
        this.proficiency = waiter.line.queue.proficiency();
        this.needs = needs(waiter);
        this.asked =
                needs.stream().map(need -> need.skill() + ">=" + need.level()).collect(Collectors.joining(" "));
        this.skills = needs.stream().map(need -> staff.take(need.skill())).toArray(Staff.Skill[]::new);
        this.levels = needs.stream().mapToInt(Need::level).toArray();
        this.abilities = Arrays.stream(skills)
                .distinct()
                .flatMapToInt(Staff.Skill::abilities)
                .toArray();
    }

    private static List<Need> needs(Waiter waiter) {
        var queue = waiter.line.queue;
        var needs = new ArrayList<>(queue.needs(waiter.step, waiter.item.needs()));
        if (!waiter.language().isEmpty()) {
            needs.add(new Need(Staff.language(waiter.language()), 1));
        }
        needs.add(new Need(Staff.queue(queue.name()), 1));
        return needs;
    }

    /** Goes without iterators: one is made for every contact. */
    static int hash(Waiter waiter, Cost cost) {
        var own = waiter.item.needs();
        var hash = 31
                        * (31 * waiter.line.queue.name().hashCode()
                                + waiter.language().hashCode())
                + 31 * waiter.step
                + cost.units();
        for (int i = 0; i < own.size(); i++) {
            hash = 31 * hash + own.get(i).skill().hashCode() + own.get(i).level();
        }
        return Probing.spread(hash);
    }

    /** Whether that is what is asked here. */
    boolean isFor(Waiter waiter, Cost other) {
        return step == waiter.step
                && queue.equals(waiter.line.queue.name())
                && language.equals(waiter.language())
                && cost.equals(other)
                && hasNeeds(waiter.item.needs());
    }

    private boolean hasNeeds(List<Need> others) {
        if (own.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < others.size(); i++) {
            if (!own.get(i).equals(others.get(i))) {
                return false;
            }
        }
        return true;
    }

    int proficiency(int agent) {
        var sum = 0;
        for (var skill : skills) {
            sum += skill.level(agent);
        }
        return sum;
    }

    boolean covers(int agent) {
        for (int i = 0; i < skills.length; i++) {
            if (skills[i].level(agent) < levels[i]) {
                return false;
            }
        }
        return true;
    }

    /** Who has what is asked. */
    Staff.Bits all() {
        var all = skills[0].atLeast(levels[0]).copy();
        for (int i = 1; i < skills.length; i++) {
            all.retain(skills[i].atLeast(levels[i]));
        }
        return all;
    }

    /** Nobody asks for it any more. */
    void drop(Staff staff) {
        needs.forEach(need -> staff.drop(need.skill()));
    }
}
