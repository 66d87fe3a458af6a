package switchboard.contact;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import switchboard.plan.Key;
import switchboard.plan.Need;

/**
 * A conversation that waits for an agent.
 *
 * @param id the conversation's
 * @param epoch the handler epoch in which it waits; a later one voids what was said in an earlier one
 * @param since when it entered this queue: from here on the queue's steps run
 * @param needs its own, besides the queue's
 * @param language of the customer; empty: not known
 * @param key whose turn it is; the same in every epoch of the wait
 * @param excluded who is not offered it for a while
 */
public record Item(
        String id,
        long epoch,
        String queue,
        Instant since,
        String channel,
        List<Need> needs,
        String language,
        Key key,
        Pin pin,
        List<Exclusion> excluded) {

    public Item {
        needs = List.copyOf(needs);
        excluded = List.copyOf(excluded);
    }

    /**
     * That it waits for one agent, for a while.
     *
     * @param agent empty: for nobody in particular
     * @param named somebody named him: it then waits for him even while he is off
     */
    public record Pin(String agent, Instant until, boolean named) {

        public static final Pin NONE = new Pin("", Instant.EPOCH, false);
    }

    /** That an agent is not offered it until then. */
    public record Exclusion(String agent, Instant until, Reason reason) {}

    /** Why a reservation came to nothing though the contact still waits. */
    public enum Reason {
        REJECTED,
        TIMED_OUT,
        /** The agent had no place for it after all. */
        REFUSED,
        /** Withdrawn: the agent is lost. He is not excluded. */
        RESCINDED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same one in another epoch. */
    public Item in(long next, List<Exclusion> excluding, Pin pinned) {
        return new Item(id, next, queue, since, channel, needs, language, key, pinned, excluding);
    }

    /** Overflowed: in another queue from then on, with its key. */
    public Item movedTo(String other, Instant at) {
        return new Item(id, epoch, other, at, channel, needs, language, key, pin, excluded);
    }
}
