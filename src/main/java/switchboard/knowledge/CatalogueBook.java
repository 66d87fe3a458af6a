package switchboard.knowledge;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import switchboard.knowledge.KnowledgeEvent.Put;
import switchboard.knowledge.KnowledgeEvent.Removed;
import switchboard.log.Entry;
import switchboard.scribe.KeysInUse;
import switchboard.scribe.LogBook;

/** What one incarnation of the actor holds of its log: which version of which article stands. Contents are read from the log. */
final class CatalogueBook extends LogBook {

    private final Shelfmarks marks;
    private Instant at = Instant.EPOCH;

    /** {@code genuine}: whether an entry was written by us. */
    CatalogueBook(String persistenceId, Predicate<Entry> genuine, BuiltInArticles builtIn) {
        super(persistenceId, genuine);
        marks = new Shelfmarks(builtIn);
    }

    Shelfmarks marks() {
        return marks;
    }

    @Override
    protected void apply(Entry entry) {
        if (entry.type().equals(Entry.UNREADABLE)) {
            return;
        }
        at = entry.at();
        switch (KnowledgeEvent.of(entry)) {
            case Put e -> marks.put(entry.seq(), e.article());
            case Removed e -> marks.remove(entry.seq(), e.id());
        }
    }

    @Override
    public Instant at() {
        return at;
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
