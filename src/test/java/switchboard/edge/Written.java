package switchboard.edge;

import static switchboard.edge.Edge.C;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import switchboard.conversation.Conversation;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;

/** The log of {@link Edge#C}, each entry so many seconds after noon. */
public final class Written {

    public static final String PID = Conversation.persistenceId("local", C);
    public static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private final List<Entry> entries = new ArrayList<>();
    private Head head = Head.of(PID);

    public void entry(int seconds, String type, Map<String, Object> data) {
        var entry = new Pen(Edge.TENANT, 1).write(head, type, NOON.plusSeconds(seconds), 1, data);
        entries.add(entry);
        head = Head.after(entry);
    }

    /** Somebody changes the entry with that number into what nobody can read. */
    public void damage(int seq) {
        entries.set(seq - 1, Entry.of(new byte[] {'x'}));
    }

    /** What has a number in (after, until], and what has none. */
    public Source<Entry, NotUsed> read(String persistenceId, long after, long until) {
        return Source.from(entries).filter(e -> e.seq() == 0 || e.seq() > after).takeWhile(e -> e.seq() <= until);
    }
}
