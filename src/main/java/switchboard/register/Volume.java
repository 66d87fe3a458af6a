package switchboard.register;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import switchboard.log.Entry;
import switchboard.scribe.KeysInUse;
import switchboard.scribe.LogBook;

/** What one incarnation of the actor holds of its register. Nothing in it is sealed, and what did not stand is not missed. */
public abstract class Volume extends LogBook {

    private Instant at = Instant.EPOCH;

    /** {@code genuine}: whether an entry was written by us. */
    protected Volume(String persistenceId, Predicate<Entry> genuine) {
        super(persistenceId, genuine);
    }

    /** Folds an entry that can be read. */
    protected abstract void fold(Entry entry);

    @Override
    protected final void apply(Entry entry) {
        if (!entry.type().equals(Entry.UNREADABLE)) {
            fold(entry);
            at = entry.at();
        }
    }

    @Override
    public final Instant at() {
        return at;
    }

    /** It was never acknowledged; whoever wanted it asks again. */
    @Override
    protected final boolean misses(Entry stray) {
        return false;
    }

    @Override
    public final KeysInUse keys() {
        return KeysInUse.NONE;
    }

    @Override
    protected final void remember(Entry stray) {
        // nothing in it could be erased
    }

    @Override
    public final void forgotten(List<String> keys) {
        // there are none
    }
}
