package switchboard.planning;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import switchboard.log.Entry;
import switchboard.planning.RoutingPlan.Version;
import switchboard.scribe.KeysInUse;
import switchboard.scribe.LogBook;

/** What one incarnation of the actor holds of its log: the version in force. Earlier ones are read from the log. */
final class PlanBook extends LogBook {

    private Version inForce = RoutingPlan.BUILT_IN;

    /** {@code genuine}: whether an entry was written by us. */
    PlanBook(String persistenceId, Predicate<Entry> genuine) {
        super(persistenceId, genuine);
    }

    Version inForce() {
        return inForce;
    }

    @Override
    protected void apply(Entry entry) {
        inForce = PlanEvent.version(entry).orElse(inForce);
    }

    @Override
    public Instant at() {
        return inForce.adoptedAt();
    }

    /** What did not stand was never acknowledged; whoever wanted it puts it again. */
    @Override
    protected boolean misses(Entry stray) {
        return false;
    }

    /** Nothing is sealed. */
    @Override
    public KeysInUse keys() {
        return KeysInUse.NONE;
    }

    @Override
    protected void remember(Entry stray) {
        // nothing in it could be erased
    }

    @Override
    public void forgotten(List<String> keys) {
        // there are none
    }
}
