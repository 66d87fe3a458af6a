package switchboard.knowledge;

import java.util.function.Predicate;
import switchboard.knowledge.KnowledgeEvent.Put;
import switchboard.knowledge.KnowledgeEvent.Removed;
import switchboard.log.Entry;
import switchboard.register.Volume;

/** What one incarnation of the actor holds of its log: which version of which article stands. Contents are read from the log. */
final class CatalogueBook extends Volume {

    private final Shelfmarks marks;

    /** {@code genuine}: whether an entry was written by us. */
    CatalogueBook(String persistenceId, Predicate<Entry> genuine, BuiltInArticles builtIn) {
        super(persistenceId, genuine);
        marks = new Shelfmarks(builtIn);
    }

    Shelfmarks marks() {
        return marks;
    }

    @Override
    protected void fold(Entry entry) {
        switch (KnowledgeEvent.of(entry)) {
            case Put e -> marks.put(entry.seq(), e.article());
            case Removed e -> marks.remove(entry.seq(), e.id());
        }
    }
}
