package switchboard.custody;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import switchboard.custody.Custody.Verdict;
import switchboard.invariants.Findings;
import switchboard.invariants.Json;
import switchboard.invariants.Violation;
import switchboard.plan.PlanReader;

/**
 * Two minutes on which all went well, to be spoilt: Ann (two chats, billing) and Bob (one chat) take four conversations of
 * which one is let pass, one rejected and one transferred; Cat is away. By the local plan; times are seconds.
 */
final class Day {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    static final double END = 120;

    /** One entry; its number is its place. */
    record Entry(double at, String type, Map<String, String> data) {
        Entry with(String field, String value) {
            var changed = new LinkedHashMap<>(data);
            changed.put(field, value);
            return new Entry(at, type, changed);
        }

        Entry at(double other) {
            return new Entry(other, type, data);
        }
    }

    final Map<String, List<Entry>> talks = new LinkedHashMap<>();
    final Map<String, Shift> shifts = new LinkedHashMap<>();
    final List<Span> outages = new ArrayList<>();

    static Day healthy() {
        var day = new Day();
        day.staff();
        day.taken();
        day.letPass();
        day.rejected();
        day.transferred();
        return day;
    }

    private void staff() {
        put(new Worker(
                "ann", new TreeMap<>(Map.of("billing", 3)), Set.of("de"), Set.of("general", "billing"), 100, 68));
        put(new Worker("bob", new TreeMap<>(), Set.of("de", "en"), Set.of("general"), 0, 34));
        shifts.put(
                "cat",
                new Shift(
                        new Worker("cat", new TreeMap<>(), Set.of("de"), Set.of("general"), 0, 100),
                        List.of(),
                        List.of(span(0, END))));
    }

    /** There all the time. */
    void put(Worker worker) {
        shifts.put(worker.agent(), new Shift(worker, List.of(span(0, END)), List.of()));
    }

    private void taken() {
        opened("ca");
        entered("ca", 1, "general", 2);
        offered("ca", 1.1, 2, "ann");
        accepted("ca", 2, 2, "ann");
        add("ca", 3, "message.sent", "author", "ann", "text", "hello");
        add("ca", 10, "wrapup.started", "by", "ann");
        add("ca", 12, "wrapup.completed", "by", "ann");
        resolved("ca", 12);
    }

    private void letPass() {
        opened("cb");
        entered("cb", 2, "general", 2);
        offered("cb", 2.1, 2, "ann");
        add("cb", 32.1, "reservation.timed_out", "reservation", "cb.2", "agent", "ann", "epoch", "3");
        offered("cb", 32.2, 3, "bob");
        accepted("cb", 33, 3, "bob");
        resolved("cb", 40);
    }

    private void rejected() {
        opened("cc");
        entered("cc", 3, "general", 2);
        offered("cc", 3.1, 2, "bob");
        add("cc", 4, "reservation.rejected", "reservation", "cc.2", "agent", "bob", "epoch", "3");
        offered("cc", 12.2, 3, "ann");
        accepted("cc", 13, 3, "ann");
        resolved("cc", 20);
    }

    private void transferred() {
        opened("cd");
        entered("cd", 5, "billing", 2);
        offered("cd", 20.2, 2, "ann");
        accepted("cd", 21, 2, "ann");
        add("cd", 25, "transfer.requested", "queue", "general");
        add("cd", 25, "agent.released", "agent", "ann", "epoch", "3");
        entered("cd", 25, "general", 4);
        add("cd", 25, "transfer.completed", "queue", "general");
        offered("cd", 25.1, 4, "bob");
        accepted("cd", 26, 4, "bob");
        resolved("cd", 30);
    }

    void opened(String id) {
        add(id, 0, "conversation.opened", "channel", "chat", "language", "");
        add(id, 0, "message.received", "text", "I need help");
    }

    void entered(String id, double at, String queue, int epoch) {
        add(id, at, "queue.entered", "queue", queue, "epoch", "" + epoch, "last", "", "since", "");
    }

    void offered(String id, double at, int epoch, String agent) {
        add(
                id,
                at,
                "reservation.created",
                "reservation",
                id + "." + epoch,
                "agent",
                agent,
                "pool",
                "chat",
                "units",
                "34");
    }

    private void accepted(String id, double at, int epoch, String agent) {
        add(id, at, "reservation.accepted", "reservation", id + "." + epoch, "agent", agent);
        add(id, at, "queue.left", "reason", "accepted");
        add(id, at, "agent.assigned", "agent", agent, "epoch", "" + (epoch + 1));
    }

    private void resolved(String id, double at) {
        add(id, at, "conversation.resolved", "by", "ann", "code", "done");
    }

    void add(String id, double at, String type, String... data) {
        of(id).add(entry(at, type, data));
    }

    List<Entry> of(String id) {
        return talks.computeIfAbsent(id, _ -> new ArrayList<>());
    }

    static Entry entry(double at, String type, String... data) {
        var fields = new LinkedHashMap<String, String>();
        for (int i = 0; i < data.length; i += 2) {
            fields.put(data[i], data[i + 1]);
        }
        return new Entry(at, type, fields);
    }

    /** The number-th entry of that type, from 0. */
    int find(String id, String type, int number) {
        var left = number;
        for (int i = 0; i < of(id).size(); i++) {
            if (of(id).get(i).type().equals(type) && left-- == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException(type + " is not in " + id);
    }

    void insert(String id, String after, Entry entry) {
        of(id).add(find(id, after, 0) + 1, entry);
    }

    void change(String id, String type, UnaryOperator<Entry> change) {
        of(id).replaceAll(it -> it.type().equals(type) ? change.apply(it) : it);
    }

    void remove(String id, Predicate<Entry> which) {
        of(id).removeIf(which);
    }

    /** Nothing happened in it after the first entry of that type. */
    void endsWith(String id, String type) {
        var all = of(id);
        all.subList(find(id, type, 0) + 1, all.size()).clear();
    }

    static Span span(double from, double until) {
        return new Span(time(from), time(until));
    }

    static Instant time(double seconds) {
        return NOON.plusMillis(Math.round(seconds * 1000));
    }

    List<Violation> violations() {
        return verdict().findings().violations();
    }

    Verdict verdict() {
        var custody = new Custody(PlanReader.local());
        var each = talks.keySet().stream()
                .map(id -> custody.conversation(id, lines(id), time(END)))
                .reduce(Findings.NONE, Findings::and);
        var all = custody.verdict(List.copyOf(shifts.values()), outages);
        return new Verdict(each.and(all.findings()), all.waited(), all.queued(), all.needless());
    }

    private List<String> lines(String id) {
        var lines = new ArrayList<String>();
        for (var entry : of(id)) {
            var line = Json.object()
                    .put("seq", lines.size() + 1)
                    .put("type", entry.type())
                    .put("at", time(entry.at()).toString());
            var data = line.putObject("data");
            entry.data().forEach(data::put);
            lines.add(line.toString());
        }
        return lines;
    }
}
