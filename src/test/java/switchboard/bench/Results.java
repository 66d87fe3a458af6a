package switchboard.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import switchboard.invariants.Json;

/** A run as JSON: {@code {"at", "machine": {…}, "figures": [{"part", "what", "unit", "median", "rounds", "goal", "reached"}], "notes": […]}}. */
final class Results {

    static String json(Instant at, Map<String, String> machine, List<Finding> findings, List<String> notes) {
        var run = Json.object();
        run.put("at", at.toString());
        var facts = run.putObject("machine");
        machine.forEach(facts::put);
        var figures = run.putArray("figures");
        findings.forEach(it -> put(figures.addObject(), it));
        var said = run.putArray("notes");
        notes.forEach(said::add);
        return run.toPrettyString() + "\n";
    }

    private static void put(ObjectNode row, Finding it) {
        row.put("part", it.part());
        row.put("what", it.what());
        row.put("unit", it.unit());
        row.put("median", it.median());
        var rounds = row.putArray("rounds");
        it.rounds().forEach(rounds::add);
        row.put("goal", it.goal().text());
        if (!(it.goal() instanceof Goal.None)) {
            row.put("reached", it.reached());
        }
    }

    private Results() {}
}
