package switchboard.scribe;

import java.util.List;
import switchboard.log.Entry;
import switchboard.wire.Wire;

/** What those who follow a log are told by its actor: entries as stored, in order, confirmed by one write. */
public record Told(List<byte[]> entries) implements Wire {

    public static Told of(List<Entry> entries) {
        return new Told(entries.stream().map(Entry::bytes).toList());
    }
}
