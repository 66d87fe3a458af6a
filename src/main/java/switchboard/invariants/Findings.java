package switchboard.invariants;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a check has found.
 *
 * @param checked by the invariant's name: how often it was held against something
 */
public record Findings(Map<String, Long> checked, List<Violation> violations) {

    public static final Findings NONE = new Findings(Map.of(), List.of());

    public Findings {
        checked = Collections.unmodifiableMap(new TreeMap<>(checked));
        violations = List.copyOf(violations);
    }

    /** Both. */
    public Findings and(Findings more) {
        var sum = new TreeMap<>(checked);
        more.checked.forEach((rule, count) -> sum.merge(rule, count, Long::sum));
        var all = new ArrayList<>(violations);
        all.addAll(more.violations);
        return new Findings(sum, all);
    }

    /** Findings as they come together. */
    public static final class Check {

        private final Map<String, Long> checked = new TreeMap<>();
        private final List<Violation> found = new ArrayList<>();

        public void demand(boolean holds, String rule, Object where, String what) {
            checked.merge(rule, 1L, Long::sum);
            if (!holds) {
                found.add(new Violation(rule, where, what));
            }
        }

        public Findings findings() {
            return new Findings(checked, found);
        }
    }
}
