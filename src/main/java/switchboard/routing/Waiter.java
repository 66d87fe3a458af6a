package switchboard.routing;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import switchboard.contact.Item;
import switchboard.plan.Cost;
import switchboard.plan.Key;
import switchboard.routing.Router.Line;

/** One wait of an item: until an agent has it, and from then on until he has done with it. */
final class Waiter {

    static final long NEVER = Long.MAX_VALUE;

    private static final int TIE_BITS = 20;

    /** In ms: the year 2248, and as long before 1970. */
    private static final long BEYOND = NEVER >> TIE_BITS;

    /** Whose turn is first. */
    static final Comparator<Waiter> TURN = Waiter::compareTurns;

    enum State {
        /** To be tried before the command ends. */
        FRESH,
        /** In its bucket, or with who it is pinned to. */
        PLACED,
        PROPOSED,
        ACCEPTED,
        GONE
    }

    final String id;
    Item item;

    /** The item's. */
    long epoch;

    /** What its key is made of. */
    Key parts;

    /**
     * Whose turn it is, as a number: the moment of its key in ms, and below it a part of the id's hash, so that of those of one
     * moment nearly none are alike. Who are alike all the same are compared as they are.
     */
    long key;

    /** Waits for nobody in particular and excludes nobody, as nearly all do: what is asked most is known without the item. */
    private boolean plain;

    Line line;
    State state = State.GONE;
    int step;

    @Nullable Bucket bucket;

    /** Whose place is taken for it, from the proposal on. */
    @Nullable Agent agent;

    /** What it takes of him. */
    @Nullable Cost cost;

    /** What else he has. */
    @Nullable Waiter nextOfAgent;

    /** Of the same item, accepted before this one came and not at its end yet. */
    @Nullable Waiter earlier;

    private long since;

    /** As its timer is set, and where: in a row, or in none. */
    long due = NEVER;

    @Nullable Row row;

    int place;

    /** Its place in the row of turns. */
    int turn;

    /** Whether it is beside that row. */
    boolean late;

    Waiter(Item item, Line line) {
        this.id = item.id();
        this.item = item;
        this.epoch = item.epoch();
        this.parts = item.key();
        this.line = line;
    }

    private static int compareTurns(Waiter a, Waiter b) {
        return a.key != b.key ? Long.compare(a.key, b.key) : compareAlike(a, b);
    }

    private static int compareAlike(Waiter a, Waiter b) {
        var moments = Long.compare(a.moment(), b.moment());
        var ties = moments != 0 ? moments : Integer.compare(a.tie(), b.tie());
        return ties != 0 ? ties : a.id.compareTo(b.id);
    }

    private long moment() {
        return parts.moment().toEpochMilli();
    }

    /** Of those of one moment the lower one is first. */
    private int tie() {
        return Probing.spread(id.hashCode()) >>> (Integer.SIZE - TIE_BITS);
    }

    /** All moments beyond are alike here, and compared as they are. */
    private static long key(long moment, int tie) {
        return moment >= BEYOND ? NEVER - 1 : moment <= -BEYOND ? 1 - NEVER : (moment << TIE_BITS) | tie;
    }

    /** What it is now, from the queue's first step on. */
    void is(Item now, Line queue) {
        put(now);
        line = queue;
        parts = now.key();
        key = key(moment(), tie());
        step = 0;
        since = now.since().toEpochMilli();
    }

    /** In place of the item so far; whose turn it is does not change. */
    void put(Item now) {
        item = now;
        epoch = now.epoch();
        plain = now.excluded().isEmpty() && now.pin().equals(Item.Pin.NONE);
    }

    /** Goes on to the next step; false where the last one has ended. */
    boolean next() {
        if (step + 1 == line.queue.steps().size()) {
            return false;
        }
        step++;
        return true;
    }

    /** That is asked in its step; empty: none is. */
    String language() {
        return line.queue.steps().get(step).language() ? item.language() : "";
    }

    /** When the step ends. */
    long end() {
        return line.end(step, since);
    }

    /**
     * Drops exclusions that are over, and a pin that is: by time, because its agent was offered it and did not take it, or
     * is off and nobody had named him.
     */
    void lapse(long now, Predicate<String> off) {
        if (!plain) {
            var left = item.excluded().stream()
                    .filter(one -> one.until().toEpochMilli() > now)
                    .toList();
            put(item.in(item.epoch(), left, item.pin()));
            var pin = item.pin();
            var over = pin.until().toEpochMilli() <= now
                    || excludes(pin.agent())
                    || (!pin.named() && off.test(pin.agent()));
            put(over ? item.in(item.epoch(), left, Item.Pin.NONE) : item);
        }
    }

    static @Nullable Waiter earlier(@Nullable Waiter a, @Nullable Waiter b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return TURN.compare(a, b) <= 0 ? a : b;
    }

    /** Since when it has been in its queue. */
    long since() {
        return since;
    }

    boolean waits() {
        return state != State.ACCEPTED && state != State.GONE;
    }

    /** Of this and the earlier ones who is proposed or accepted in that epoch. */
    @Nullable Waiter held(long epoch) {
        var one = this;
        while (one != null && (one.epoch != epoch || one.agent == null)) {
            one = one.earlier;
        }
        return one;
    }

    /** What is left of this and the earlier ones; absent: nothing. */
    @Nullable Waiter without(Waiter ended) {
        if (this == ended) {
            return earlier;
        }
        for (var one = this; one != null; one = one.earlier) {
            if (one.earlier == ended) {
                one.earlier = ended.earlier;
            }
        }
        return this;
    }

    /** Of one who is proposed or accepted. */
    Agent holder() {
        return requireNonNull(agent);
    }

    /** Of one who is fresh or placed. */
    Bucket bucket() {
        return requireNonNull(bucket);
    }

    Item.Pin pin() {
        return plain ? Item.Pin.NONE : item.pin();
    }

    List<Item.Exclusion> excluded() {
        return plain ? List.of() : item.excluded();
    }

    boolean pinned() {
        return !plain && !item.pin().agent().isEmpty();
    }

    boolean waitsFor(String agent) {
        return item.pin().agent().equals(agent);
    }

    boolean excludes(String agent) {
        return !plain && isExcluded(agent);
    }

    private boolean isExcluded(String agent) {
        var excluded = item.excluded();
        for (int i = 0; i < excluded.size(); i++) {
            if (excluded.get(i).agent().equals(agent)) {
                return true;
            }
        }
        return false;
    }

    /** The next moment at which more agents may have it. */
    long changes() {
        var next = end();
        if (plain) {
            return next;
        }
        if (pinned()) {
            next = Math.min(next, item.pin().until().toEpochMilli());
        }
        for (var one : item.excluded()) {
            next = Math.min(next, one.until().toEpochMilli());
        }
        return next;
    }
}
