package switchboard.serving;

import java.util.function.Predicate;
import switchboard.log.Entry;
import switchboard.register.Volume;
import switchboard.serving.Choice.Chosen;

/** What one incarnation of the actor holds of its log: what is chosen. */
final class ChoiceBook extends Volume {

    private Chosen chosen = Chosen.NOTHING;

    /** {@code genuine}: whether an entry was written by us. */
    ChoiceBook(String persistenceId, Predicate<Entry> genuine) {
        super(persistenceId, genuine);
    }

    Chosen chosen() {
        return chosen;
    }

    @Override
    protected void fold(Entry entry) {
        chosen = ChoiceEvent.chosen(entry);
    }
}
