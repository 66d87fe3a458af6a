package switchboard.scribe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import switchboard.log.Chain;
import switchboard.log.Entry;
import switchboard.log.Head;

/**
 * What one incarnation of an actor holds of its log: first it follows the chain through the replay, then, once the head is
 * known for sure, it takes its own entries as they are confirmed.
 */
public abstract class LogBook implements Chain.Sink {

    private final Chain replay;
    private final Predicate<Entry> genuine;
    private final List<Entry> strays = new ArrayList<>();
    private Head head;
    private long number;
    private boolean settled;

    /** {@code genuine}: whether an entry was written by us; one that was not has an effect only where it reads. */
    protected LogBook(String persistenceId, Predicate<Entry> genuine) {
        this.genuine = genuine;
        head = Head.of(persistenceId);
        replay = new Chain(head, this);
    }

    /** Folds an entry that stands. */
    protected abstract void apply(Entry entry);

    /** What a stray holds is erased with the rest, also where nothing of it is appended again. */
    protected abstract void remember(Entry stray);

    /** The last entry's time. */
    public abstract Instant at();

    /** Its data keys. */
    public abstract KeysInUse keys();

    /** These erased keys are deleted from the vault. */
    public abstract void forgotten(List<String> keys);

    /** Whether an entry that does not stand has an effect that is missing and must not be. */
    protected abstract boolean misses(Entry stray);

    /** A replayed row, or an entry of this incarnation that the journal has confirmed. */
    public LogBook add(Entry entry) {
        if (settled) {
            stands(entry);
            head = entry.seq() == 0 ? new Head(head.seq() + 1, entry.hash()) : Head.after(entry);
        } else {
            number = Math.max(entry.seq(), entry.seq() == 0 ? number + 1 : number);
            replay.add(number, entry);
        }
        return this;
    }

    /** The replay is over; {@code lastRows} are all rows of the last number, of which the replay shows only the first. */
    public final void settle(List<Entry> lastRows) {
        lastRows.forEach(row -> replay.add(number, row));
        head = replay.finish();
        strays.forEach(this::remember);
        settled = true;
    }

    public final boolean settled() {
        return settled;
    }

    public final Head head() {
        return head;
    }

    /** Entries that do not stand and are to be appended again. */
    public final List<Entry> missing() {
        return strays.stream().filter(this::misses).toList();
    }

    @Override
    public final void stands(Entry entry) {
        try {
            apply(entry);
        } catch (RuntimeException e) { // bytes of a stranger fail as they like; what we wrote must be read
            if (genuine.test(entry)) {
                throw e;
            }
        }
    }

    @Override
    public final void stray(Entry entry) {
        if (genuine.test(entry)) {
            strays.add(entry);
        }
    }

    @Override
    public final void alien(Entry entry) {
        // not ours: the audit names it
    }
}
