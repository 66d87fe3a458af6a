package switchboard.invariants;

import java.util.List;
import switchboard.invariants.Segment.Shown;

/** I7: a stream's segments across reconnects equal the history. */
public final class Streaming {

    private final Findings.Check check = new Findings.Check();
    private final Object where;
    private final List<String> history;

    private Streaming(Object where, List<String> history) {
        this.where = where;
        this.history = history;
    }

    /** As {@link #findings(Object, long, long, List, List)} of one who was to see everything up to the history's end. */
    public static Findings findings(Object where, long from, List<Segment> segments, List<String> history) {
        return findings(where, from, history.size(), segments, history);
    }

    /**
     * Of one reader, who first asked to go on from {@code from}, was to see everything up to {@code until}, and noted each
     * connection.
     *
     * @param where what to name him in a violation
     * @param history all lines from number 1, as they are served
     */
    public static Findings findings(Object where, long from, long until, List<Segment> segments, List<String> history) {
        var it = new Streaming(where, List.copyOf(history));
        var last = from;
        for (var segment : segments) {
            it.demand(segment.after() == last, "resumed after " + segment.after() + " and had " + last);
            last = it.shown(segment);
        }
        it.demand(last >= until, "ended with " + last + " of " + until);
        return it.check.findings();
    }

    private long shown(Segment segment) {
        var last = segment.after();
        for (var shown : segment.shown()) {
            last++;
            demand(shown.id().equals(String.valueOf(last)), "number " + shown.id() + " where " + last + " belongs");
            if (last <= history.size()) {
                same(shown, last, history.get((int) last - 1));
            } else {
                demand(false, "number " + last + " is in no history");
            }
        }
        return last;
    }

    /** What was erased since was shown before; the entry is the same one then. */
    private void same(Shown shown, long seq, String line) {
        var told = Json.read(line);
        var same = told.path("data").path("erased").asBoolean()
                ? shown.hash().equals(told.path("hash").asText())
                : shown.digest().equals(Shown.digest(line));
        demand(same, "number " + seq + " is another one in the history");
        demand(shown.event().equals(told.path("type").asText()), "number " + seq + " is named " + shown.event());
    }

    private void demand(boolean holds, String what) {
        check.demand(holds, "I7", where, what);
    }
}
