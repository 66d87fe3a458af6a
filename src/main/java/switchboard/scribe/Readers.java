package switchboard.scribe;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;

/** Who is told of each confirmed write of one actor until he ends. Nothing is held while there is nobody. */
public final class Readers<T> {

    private Set<ActorRef<T>> readers = Set.of();

    /** From now on; {@code watch} has to see to it that the reader is {@link #gone} once he has ended. Again: as it is. */
    public void add(ActorRef<T> reader, Consumer<ActorRef<T>> watch) {
        if (!readers.contains(reader)) {
            readers = readers.isEmpty() ? new LinkedHashSet<>() : readers;
            readers.add(reader);
            watch.accept(reader);
        }
    }

    public void gone(ActorRef<T> reader) {
        readers.remove(reader);
    }

    /** All that are there, in the order in which they came; not made where nobody is. */
    public void tell(Supplier<T> told) {
        if (!readers.isEmpty()) {
            var one = told.get();
            readers.forEach(reader -> reader.tell(one));
        }
    }
}
