package switchboard.nodes;

import java.util.function.Supplier;
import switchboard.invariants.Findings;

/** I11: what a process takes that lives through faults comes back, after each, to within a tenth of what it took before them. */
final class Upkeep {

    /** So often it is looked at again: what was held for the fault's sake goes as its time-outs pass. */
    private static final int LOOKS = 20;

    private final Supplier<Footprint> measure;
    private final Runnable pause;
    private final Footprint before;
    private final Findings.Check check = new Findings.Check();

    /** Measures it now, warm and with its share of the work; {@code pause} between two looks. */
    Upkeep(Supplier<Footprint> measure, Runnable pause) {
        this.measure = measure;
        this.pause = pause;
        this.before = measure.get();
    }

    /** Returns what it takes then. */
    Footprint after(String fault) {
        var now = measure.get();
        for (int i = 1; i < LOOKS && !now.above(before).isEmpty(); i++) {
            pause.run();
            now = measure.get();
        }
        var above = now.above(before);
        check.demand(above.isEmpty(), "I11", "process " + now.pid() + ", " + fault, String.join("; ", above));
        return now;
    }

    Findings findings() {
        return check.findings();
    }
}
