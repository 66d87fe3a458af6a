package switchboard.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import switchboard.agent.Agent.Told;
import switchboard.log.Entry;

/** The streams of one agent that are up, one for each browser. Known to one incarnation alone: a stream connects anew. */
final class Connections {

    private final Map<String, ActorRef<Told>> streams = new LinkedHashMap<>();

    /** A later stream takes its connection over; whether it is not known yet. */
    boolean add(String connection, ActorRef<Told> stream) {
        return !stream.equals(streams.put(connection, stream));
    }

    /** Not, where another stream has taken it over. */
    void remove(String connection, ActorRef<Told> stream) {
        streams.remove(connection, stream);
    }

    boolean any() {
        return !streams.isEmpty();
    }

    /** Tells all of them, each once. */
    void tell(List<Entry> entries) {
        if (any()) {
            var told = new Told(entries.stream().map(Entry::bytes).toList());
            streams.values().stream().distinct().forEach(stream -> stream.tell(told));
        }
    }
}
