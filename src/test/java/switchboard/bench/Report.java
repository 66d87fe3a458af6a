package switchboard.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, as a table. */
final class Report {

    private final List<String> lines = new ArrayList<>();

    void add(String what, double figure, String unit) {
        lines.add(String.format(Locale.ROOT, "%-66s %10.2f %s", what, figure, unit));
        System.out.println("  " + lines.getLast());
    }

    /** The figures of one kind of load. */
    void add(String load, List<Round> rounds) {
        add(load + ", accepted", Round.median(rounds, Round::eventsPerSecond), "events/s");
        add(load + ", CPU of the program", Round.median(rounds, Round::programPerEvent), "ms/event");
        add(load + ", CPU of Cassandra", Round.median(rounds, Round::cassandraPerEvent), "ms/event");
        add(load + ", CPU of both", Round.median(rounds, Round::bothPerEvent), "ms/event");
        add(load + ", acknowledged, p50", Round.median(rounds, r -> r.wait(0.5)), "ms");
        add(load + ", acknowledged, p99", Round.median(rounds, r -> r.wait(0.99)), "ms");
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
