package switchboard.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import switchboard.log.Entry;
import switchboard.scribe.Told;

/** The streams of one agent that are up, one for each browser. Known to one incarnation alone: a stream connects anew. */
final class Connections {

    private final Map<String, ActorRef<Told>> streams = new LinkedHashMap<>();

    /** A later stream takes its connection over, and each stream is one connection; whether it was not known so. */
    boolean add(String connection, ActorRef<Told> stream) {
        if (stream.equals(streams.get(connection))) {
            return false;
        }
        streams.values().removeIf(stream::equals);
        streams.put(connection, stream);
        return true;
    }

    /** Not, where another stream has taken it over. */
    void remove(String connection, ActorRef<Told> stream) {
        streams.remove(connection, stream);
    }

    boolean any() {
        return !streams.isEmpty();
    }

    /** Tells all of them. */
    void tell(List<Entry> entries) {
        if (any()) {
            var told = Told.of(entries);
            streams.values().forEach(stream -> stream.tell(told));
        }
    }
}
