package switchboard.invariants;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import switchboard.invariants.Exchange.EventKey;
import switchboard.invariants.History.Event;

/** I1 to I4 and I8 over one run: what a gateway sent and was told, and every history that it then reads. */
public final class Invariants {

    private final Map<EventKey, List<Exchange>> sent;
    private final Map<String, History> histories;
    private final Map<String, String> conversations = new HashMap<>();
    private final Map<EventKey, List<Event>> stored = new HashMap<>();
    private final Findings.Check check = new Findings.Check();

    private Invariants(List<Exchange> exchanges, List<History> histories) {
        this.sent = exchanges.stream().collect(groupingBy(Exchange::key, LinkedHashMap::new, toList()));
        this.histories = histories.stream().collect(toMap(History::conversation, h -> h));
        for (var history : histories) {
            for (var event : history.received()) {
                var where = new EventKey(history.conversation(), event.source(), event.id());
                stored.computeIfAbsent(where, _ -> new ArrayList<>()).add(event);
            }
        }
        for (var exchange : exchanges) {
            if (exchange.acknowledged()) {
                conversations.putIfAbsent(exchange.thread(), place(exchange).conversation());
            }
        }
    }

    /** Of a run in {@code tenant}. */
    public static Findings findings(String tenant, List<Exchange> exchanges, List<History> histories) {
        var check = new Invariants(exchanges, histories);
        check.sent.forEach(check::exactlyOnce);
        check.nothingInvented();
        check.histories.values().forEach(check::numbered);
        check.inOrder();
        check.sent.forEach(check::sameText);
        check.sent.forEach(check::sameAnswer);
        var chains = histories.stream().map(h -> Chain.findings(tenant, h)).reduce(Findings.NONE, Findings::and);
        return check.check.findings().and(chains);
    }

    /** All that is wrong; empty when all holds. */
    public static List<Violation> violated(List<Exchange> exchanges, List<History> histories) {
        return findings("local", exchanges, histories).violations();
    }

    /** I1: acknowledged: once; refused each time: never; otherwise at most once. */
    private void exactlyOnce(EventKey key, List<Exchange> exchanges) {
        var times = stored(key).size();
        if (exchanges.stream().anyMatch(Exchange::acknowledged)) {
            demand(times == 1, "I1", key, "acknowledged, stored " + times + " times");
        } else if (exchanges.stream().allMatch(Exchange::refused)) {
            demand(times == 0, "I1", key, "refused, stored " + times + " times");
        } else {
            demand(times <= 1, "I1", key, "unanswered, stored " + times + " times");
        }
    }

    /** I1: each stored message was sent, by this thread. */
    private void nothingInvented() {
        Map<String, Set<String>> threads = conversations.entrySet().stream()
                .collect(groupingBy(Map.Entry::getValue, mapping(Map.Entry::getKey, toSet())));
        for (var history : histories.values()) {
            var mine = threads.getOrDefault(history.conversation(), Set.of());
            demand(mine.size() == 1, "I1", history.conversation(), "belongs to " + mine.size() + " threads");
            for (var event : history.received()) {
                var known = mine.stream().anyMatch(t -> sent.containsKey(new EventKey(t, event.source(), event.id())));
                demand(known, "I1", history.conversation(), "number " + event.seq() + " was never sent");
            }
        }
    }

    /** I2: 1..n, and time does not go back. */
    private void numbered(History history) {
        var before = "";
        var expected = 1L;
        for (var event : history.events()) {
            var seq = event.seq();
            demand(seq == expected, "I2", history.conversation(), seq + " where " + expected + " belongs");
            demand(event.at().compareTo(before) >= 0, "I2", history.conversation(), seq + " goes back in time");
            before = event.at();
            expected++;
        }
    }

    /** I2: acknowledged numbers are where the events are, and grow in the order in which a thread's source first sent them. */
    private void inOrder() {
        Map<String, Long> last = new HashMap<>();
        sent.forEach((key, exchanges) -> exchanges.stream()
                .filter(Exchange::acknowledged)
                .findFirst()
                .ifPresent(e -> {
                    var seq = place(e).seq();
                    var at = stored(key).stream().map(Event::seq).toList();
                    demand(at.contains(seq), "I2", key, "acknowledged as " + seq + ", stored at " + at);
                    var line = key.thread() + " " + key.source();
                    demand(seq > last.getOrDefault(line, 0L), "I2", key, seq + " overtook");
                    last.put(line, seq);
                }));
    }

    /** I3. */
    private void sameText(EventKey key, List<Exchange> exchanges) {
        for (var event : stored(key)) {
            demand(event.text().equals(exchanges.getFirst().text()), "I3", key, "other text at " + event.seq());
        }
    }

    /** I4: the true content has one answer, which names the event; a forgery is never taken. */
    private void sameAnswer(EventKey key, List<Exchange> exchanges) {
        var text = exchanges.getFirst().text();
        var answers = exchanges.stream()
                .filter(e -> e.text().equals(text) && e.acknowledged())
                .flatMap(e -> e.answer().stream())
                .collect(toSet());
        demand(answers.size() <= 1, "I4", key, answers.size() + " different answers");
        for (var answer : answers) {
            demand(answer.status() == 201, "I4", key, "status " + answer.status());
            var place = answer.place();
            var conversation = conversations.get(key.thread());
            demand(place.id().equals(key.id()), "I4", key, "answer names " + place.id());
            demand(place.conversation().equals(conversation), "I4", key, "in " + place.conversation());
        }
        for (var forged : exchanges.stream().filter(e -> !e.text().equals(text)).toList()) {
            var status = forged.answer().map(Exchange.Answer::status).orElse(0);
            demand(status == 422 || status == 0 || status >= 500, "I4", key, "other content got " + status);
        }
    }

    /** Kept under the conversation in the place of the thread. */
    private List<Event> stored(EventKey key) {
        var conversation = conversations.getOrDefault(key.thread(), "");
        return stored.getOrDefault(new EventKey(conversation, key.source(), key.id()), List.of());
    }

    private static Exchange.Place place(Exchange exchange) {
        return exchange.answer().orElseThrow().place();
    }

    private void demand(boolean holds, String rule, Object where, String what) {
        check.demand(holds, rule, where, what);
    }
}
