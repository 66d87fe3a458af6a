package switchboard.routing;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import switchboard.contact.Command;
import switchboard.contact.Decision;
import switchboard.plan.Cost;
import switchboard.plan.Need;

/** An agent as the router has him. */
final class Agent {

    /** Ranks whoever has work after whoever has none. */
    static final long WORKING = 1L << 60;

    final String id;
    final int slot;
    /** That he is the only one who can. */
    final Choice alone = new Choice(this, "", Decision.Lost.ALONE, 1);

    /** Slots of the buckets that his skills cover, in no order. */
    int[] covers = new int[32];

    int covered;

    /** Skills, languages and queues, each under its own prefix. */
    List<Need> skills = List.of();

    Command.Availability availability = Command.Availability.OFF;
    /** Is no agent any more once he holds nothing. */
    boolean forgotten;
    /** Whether his staff has to look at him again. */
    boolean changed;

    /** The latest he was offered; the others hang on it. */
    private @Nullable Waiter own;

    private int voice;
    private int voiceLoad;
    private int interruptible;
    private int interruptibleLoad;
    private List<Command.Held> held = List.of();
    private long freeSince;
    private long lastWork;
    private boolean worked;

    Agent(String id, int slot, long freeSince) {
        this.id = id;
        this.slot = slot;
        this.freeSince = freeSince;
    }

    void covers(int bucket) {
        if (covered == covers.length) {
            covers = Arrays.copyOf(covers, 2 * covered);
        }
        covers[covered++] = bucket;
    }

    /** Of the buckets that he covers only those are left. */
    void keep(IntPredicate buckets) {
        var kept = 0;
        for (int i = 0; i < covered; i++) {
            if (buckets.test(covers[i])) {
                covers[kept++] = covers[i];
            }
        }
        covered = kept;
    }

    void report(Command.Worker worker, long now) {
        voice = worker.voice();
        interruptible = worker.interruptible();
        availability = worker.availability();
        held = worker.held();
        recount(now);
    }

    /** Whether his books had it already, perhaps at another cost: he may have more room than before then. */
    boolean take(Waiter waiter, Cost cost, long now) {
        waiter.agent = this;
        waiter.cost = cost;
        waiter.nextOfAgent = own;
        own = waiter;
        recount(now);
        return !held.isEmpty() && held.stream().anyMatch(one -> is(one, waiter));
    }

    void accepted(long now) {
        worked = true;
        lastWork = now;
    }

    void end(Waiter waiter, long now) {
        if (own == waiter) {
            own = waiter.nextOfAgent;
        }
        for (var one = own; one != null; one = one.nextOfAgent) {
            if (one.nextOfAgent == waiter) {
                one.nextOfAgent = waiter.nextOfAgent;
            }
        }
        waiter.agent = null;
        waiter.nextOfAgent = null;
        recount(now);
    }

    private static boolean is(Command.Held held, Waiter waiter) {
        return waiter.epoch == held.epoch() && waiter.id.equals(held.item());
    }

    boolean holdsNothing() {
        return own == null && held.isEmpty();
    }

    int free(Cost.Pool pool) {
        return pool == Cost.Pool.VOICE ? voice - voiceLoad : interruptible - interruptibleLoad;
    }

    boolean able(Cost cost) {
        return availability == Command.Availability.READY && free(cost.pool()) >= cost.units();
    }

    /** The less, the longer idle: since when he has no routed work; for who has some, since when he got the last. */
    long idle() {
        return holdsNothing() ? freeSince : WORKING + lastWork;
    }

    /** What he holds by his own books and by the router's, each once. */
    private void recount(long now) {
        voiceLoad = 0;
        interruptibleLoad = 0;
        for (var one = own; one != null; one = one.nextOfAgent) {
            debit(requireNonNull(one.cost));
        }
        for (int i = 0; i < held.size(); i++) {
            if (!isOwn(held.get(i))) {
                debit(held.get(i).cost());
                worked = true;
            }
        }
        if (worked && holdsNothing()) {
            worked = false;
            freeSince = now;
        }
    }

    private boolean isOwn(Command.Held one) {
        var mine = own;
        while (mine != null && !is(one, mine)) {
            mine = mine.nextOfAgent;
        }
        return mine != null;
    }

    private void debit(Cost cost) {
        if (cost.pool() == Cost.Pool.VOICE) {
            voiceLoad += cost.units();
        } else {
            interruptibleLoad += cost.units();
        }
    }
}
