package switchboard.invariants;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import switchboard.invariants.Exchange.Answer;
import switchboard.invariants.History.Event;

/**
 * I1 to I4 for what people ordered of one conversation. A history does not tell an order's key, so the acknowledged
 * number says which entry is whose. An order's exchange has its route's word as source and its key as id.
 */
public final class Replies {

    private static final String SENT = "message.sent";
    private static final Map<String, Set<String>> LEADS_TO = Map.of(
            "messages", Set.of(SENT),
            "assign", Set.of("agent.assigned", "order.satisfied"),
            "escalate", Set.of("conversation.escalated", "order.satisfied"),
            "accept", Set.of("reservation.accepted"),
            "reject", Set.of("reservation.rejected"),
            "wrap-up", Set.of("conversation.resolved"),
            "resolve", Set.of("conversation.resolved", "wrapup.started", "order.satisfied"));

    private final Map<String, List<Exchange>> orders;
    private final History history;
    private final Set<Long> claimed = new HashSet<>();
    private final Findings.Check check = new Findings.Check();

    private Replies(List<Exchange> orders, History history) {
        this.orders = orders.stream().collect(groupingBy(Exchange::id, LinkedHashMap::new, toList()));
        this.history = history;
    }

    /** Of {@code orders}, in the order of sending. */
    public static Findings findings(List<Exchange> orders, History history) {
        var replies = new Replies(orders, history);
        replies.orders.forEach(replies::sameAnswer);
        replies.inPlace();
        replies.nothingInvented();
        return replies.check.findings();
    }

    /** I4. */
    private void sameAnswer(String key, List<Exchange> exchanges) {
        var answers = exchanges.stream()
                .filter(Exchange::acknowledged)
                .flatMap(e -> e.answer().stream())
                .collect(toSet());
        check.demand(answers.size() <= 1, "I4", key, answers.size() + " different answers");
        for (var answer : answers) {
            var status = exchanges.getFirst().source().equals("messages") ? 201 : 200;
            check.demand(answer.status() == status, "I4", key, "status " + answer.status());
            var conversation = answer.place().conversation();
            check.demand(conversation.equals(history.conversation()), "I4", key, "in " + conversation);
        }
    }

    /** I1, I2, I3: at the acknowledged number is what was ordered, no two have one number, and messages keep their order. */
    private void inPlace() {
        var last = 0L;
        for (var exchanges : orders.values()) {
            var order = exchanges.getFirst();
            for (var seq : acknowledged(exchanges)) {
                var fits = seq >= 1 && seq <= history.events().size() && fits(order, at(seq));
                check.demand(fits, "I2", order.key(), "acknowledged as " + seq + ", where it is not");
                check.demand(claimed.add(seq), "I1", order.key(), seq + " is another order's too");
                if (fits && order.source().equals("messages")) {
                    check.demand(at(seq).text().equals(order.text()), "I3", order.key(), "other text at " + seq);
                    check.demand(seq > last, "I2", order.key(), seq + " overtook");
                    last = seq;
                }
            }
        }
    }

    /** I1: what no acknowledgement names was ordered, not refused, and is there once for each such order. */
    private void nothingInvented() {
        var open = new ArrayList<String>();
        orders.values().stream()
                .filter(e -> e.stream().noneMatch(Exchange::acknowledged))
                .filter(e -> !e.stream().allMatch(Exchange::refused))
                .forEach(e -> open.add(e.getFirst().text()));
        for (var event : history.events()) {
            if (event.ofAPerson()) {
                var known = claimed.contains(event.seq()) || open.remove(event.text());
                check.demand(known, "I1", history.conversation(), event.seq() + " was never said by us");
            }
        }
    }

    private Event at(long seq) {
        return history.events().get((int) seq - 1);
    }

    private static boolean fits(Exchange order, Event event) {
        return LEADS_TO.getOrDefault(order.source(), Set.of()).contains(event.type())
                || (order.source().equals("messages") && event.ofAPerson());
    }

    private static Set<Long> acknowledged(List<Exchange> exchanges) {
        return exchanges.stream()
                .filter(Exchange::acknowledged)
                .flatMap(e -> e.answer().stream())
                .map(Answer::place)
                .map(Exchange.Place::seq)
                .collect(toSet());
    }
}
