package switchboard.bench;

import java.util.ArrayList;
import java.util.List;
import switchboard.program.Progress;

/** What one part found, said as it comes. */
public final class Findings {

    private final String part;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    public Findings(String part) {
        this.part = part;
    }

    /** A figure without a goal. */
    public void add(String what, String unit, List<Double> rounds) {
        add(what, unit, rounds, Goal.none());
    }

    /** A figure, round by round. */
    public void add(String what, String unit, List<Double> rounds, Goal goal) {
        var finding = new Finding(part, what, unit, rounds, goal);
        findings.add(finding);
        Progress.say(Table.line(finding));
    }

    /** A figure that is taken once. */
    public void add(String what, String unit, double figure, Goal goal) {
        add(what, unit, List.of(figure), goal);
    }

    /** What a reader of the table must know, such as what was skipped and why. */
    public void note(String line) {
        notes.add(part + ": " + line);
        Progress.say(notes.getLast());
    }

    public List<Finding> all() {
        return List.copyOf(findings);
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }
}
