package switchboard.invariants;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import switchboard.invariants.History.Event;

/**
 * I-out: what our side said reaches the customer. Every message that was acknowledged to its author was delivered, once,
 * unchanged, to its own thread, in the order of its conversation, and nothing else was.
 */
public final class Outgoing {

    private static final String RULE = "I-out";

    /** A message of ours: as it stands in the history, or as a gateway was sent it. {@code id}: conversation, dot, number. */
    public record Said(String id, String conversation, long seq, String thread, String text) {}

    private final Findings.Check check = new Findings.Check();

    private Outgoing() {}

    /** The messages of ours in a history, which are for {@code thread}. */
    public static List<Said> stored(String conversation, String thread, List<Event> history) {
        return history.stream()
                .filter(Event::ours)
                .map(e -> new Said(conversation + "." + e.seq(), conversation, e.seq(), thread, e.text()))
                .toList();
    }

    /**
     * What is wrong.
     *
     * @param acknowledged the ids that authors were told
     * @param stored all messages of ours in the histories, in the order of their numbers
     * @param delivered what a gateway that knows repeats by their id delivered, in its order, once all was quiet
     */
    public static Findings findings(Set<String> acknowledged, List<Said> stored, List<Said> delivered) {
        var it = new Outgoing();
        it.nothingLost(acknowledged, stored, delivered);
        it.nothingElse(stored, delivered);
        it.inOrder(stored, delivered);
        return it.check.findings();
    }

    private void nothingLost(Set<String> acknowledged, List<Said> stored, List<Said> delivered) {
        var known = new HashSet<>(stored.stream().map(Said::id).toList());
        var arrived = new HashSet<>(delivered.stream().map(Said::id).toList());
        for (var id : acknowledged) {
            check.demand(known.contains(id), RULE, id, "acknowledged, not in the history");
            check.demand(arrived.contains(id), RULE, id, "acknowledged, never delivered");
        }
        for (var id : known) {
            check.demand(arrived.contains(id), RULE, id, "in the history, never delivered");
        }
    }

    private void nothingElse(List<Said> stored, List<Said> delivered) {
        Map<String, Said> known = stored.stream().collect(toMap(Said::id, Function.identity(), (first, _) -> first));
        var seen = new HashSet<String>();
        for (var it : delivered) {
            check.demand(seen.add(it.id()), RULE, it.id(), "delivered twice");
            var said = known.get(it.id());
            check.demand(said != null, RULE, it.id(), "delivered, never said");
            check.demand(said == null || said.equals(it), RULE, it.id(), "delivered otherwise than said");
        }
    }

    private void inOrder(List<Said> stored, List<Said> delivered) {
        var said = ids(stored);
        ids(delivered).forEach((conversation, ids) -> {
            var expected = said.getOrDefault(conversation, List.of());
            var begins = ids.size() <= expected.size()
                    && expected.subList(0, ids.size()).equals(ids);
            check.demand(begins, RULE, conversation, "delivered in another order than said");
        });
    }

    private static Map<String, List<String>> ids(List<Said> all) {
        return all.stream().collect(groupingBy(Said::conversation, LinkedHashMap::new, mapping(Said::id, toList())));
    }
}
