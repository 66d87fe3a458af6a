package switchboard.scribe;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import switchboard.log.Entry;

/** Who is told of each confirmed write of one actor until he ends. Nothing is held while there is nobody. */
public final class Readers {

    private Set<ActorRef<Told>> readers = Set.of();

    /** From now on; {@code watch} has to see to it that the reader is {@link #gone} once he has ended. Again: as it is. */
    public void add(ActorRef<Told> reader, Consumer<ActorRef<Told>> watch) {
        if (!readers.contains(reader)) {
            readers = readers.isEmpty() ? new LinkedHashSet<>() : readers;
            readers.add(reader);
            watch.accept(reader);
        }
    }

    public void gone(ActorRef<Told> reader) {
        readers.remove(reader);
    }

    /** All that are there, in the order in which they came; not made where nobody is. */
    public void tell(List<Entry> entries) {
        if (!readers.isEmpty()) {
            var one = Told.of(entries);
            readers.forEach(reader -> reader.tell(one));
        }
    }
}
