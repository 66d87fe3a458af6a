package switchboard.invariants;

import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import switchboard.invariants.Exchange.Answer;
import switchboard.invariants.History.Event;

/** What may go wrong, one thing each, with the rule that must notice it. The first conversation is the one that is hit. */
final class Mutants {

    static Stream<Arguments> all() {
        return Stream.of(ofTheHistory(), ofTheAnswers(), ofTheBytes()).flatMap(s -> s);
    }

    private static Stream<Arguments> ofTheHistory() {
        return Stream.of(
                mutant("I1", "an acknowledged event is lost", texts(t -> t.remove(4))),
                mutant("I1", "an acknowledged event is stored twice", texts(t -> t.add(t.get(1)))),
                mutant("I1", "an unanswered event is stored twice", texts(t -> {
                    t.add(text("lost", "nobody heard"));
                    t.add(text("lost", "nobody heard"));
                })),
                mutant("I1", "a refused event is stored", texts(t -> t.add(text("bad", "refused")))),
                mutant("I1", "an event is invented", texts(t -> t.add(text("new", "never said")))),
                mutant(
                        "I1",
                        "another thread's event is in it",
                        texts(t -> t.add(text("theirs", "I am Bo"))).andThen(sent("bo", "theirs"))),
                mutant(
                        "I1",
                        "a conversation is invented",
                        run -> run.histories().add(Run.stored("cnobody", List.of()))),
                mutant("I1", "two threads share a conversation", answers(a -> a.replace("cbo", "canna"))),
                mutant("I2", "two events are swapped", texts(t -> Collections.swap(t, 1, 2))),
                mutant(
                        "I2",
                        "two events are swapped and acknowledged so",
                        texts(t -> Collections.swap(t, 1, 2))
                                .andThen(answers(a -> a.replace("\"seq\":3,\"id\":\"m1", "\"seq\":4,\"id\":\"m1")
                                        .replace("\"seq\":4,\"id\":\"m2", "\"seq\":3,\"id\":\"m2")))),
                mutant(
                        "I2",
                        "a number is acknowledged that is another's",
                        answers(a -> a.replace("\"seq\":6", "\"seq\":7"))),
                mutant("I2", "a number is left out", events(e -> renumbered(e, 4, 1))),
                mutant("I2", "a number is there twice", events(e -> renumbered(e, 4, -1))),
                mutant("I2", "numbers start at 2", events(e -> renumbered(e, 0, 1))),
                mutant("I2", "time goes back", events(e -> e.seq() == 4 ? at(e, "2030-01-01T11:59:59.999Z") : e)),
                mutant("I3", "a text is changed", texts(t -> t.set(2, text("m2", "Grüße 2 😁")))),
                mutant("I3", "a text is normalised", texts(t -> t.set(2, text("m2", "Gru\u0308ße 2 😀")))),
                mutant("I3", "the forgery is stored instead", texts(t -> t.set(1, text("m1", "forged")))));
    }

    private static Stream<Arguments> ofTheAnswers() {
        return Stream.of(
                mutant(
                        "I4",
                        "a repeat gets another number",
                        again("m0", 201, "{\"conversation\":\"canna\",\"seq\":9,\"id\":\"m0\"}")),
                mutant(
                        "I4",
                        "a repeat gets another status",
                        again("m0", 200, "{\"conversation\":\"canna\",\"seq\":2,\"id\":\"m0\"}")),
                mutant(
                        "I4",
                        "a repeat gets another body",
                        again("m0", 201, "{\"conversation\":\"canna\",\"seq\":2,\"id\":\"m0\",\"new\":1}")),
                mutant(
                        "I4",
                        "a forgery is acknowledged",
                        forgery(201, "{\"conversation\":\"canna\",\"seq\":3,\"id\":\"m1\"}")),
                mutant("I4", "a forgery is a bad request", forgery(400, "")),
                mutant("I4", "an answer names another event", answers(a -> a.replace("\"m2\"", "\"m3\""))));
    }

    private static Stream<Arguments> ofTheBytes() {
        return Stream.of(
                mutant("I8", "a byte in the middle is changed", raw(lines -> spoil(lines, 2))),
                mutant("I8", "a byte of the last entry is changed", raw(lines -> spoil(lines, lines.size() - 1))),
                mutant(
                        "I8",
                        "a line is no JSON any more",
                        raw(lines -> lines.set(1, "{".getBytes(StandardCharsets.UTF_8)))),
                mutant("I8", "an entry is missing", raw(lines -> lines.remove(2))),
                mutant("I8", "the last entry is missing", raw(List::removeLast)),
                mutant("I8", "an entry is there twice", raw(lines -> lines.add(2, lines.get(2)))),
                mutant("I8", "two entries are swapped", raw(lines -> Collections.swap(lines, 2, 3))),
                mutant("I8", "the chain is linked anew without an entry", raw(lines -> relink(lines, 3))),
                mutant("I8", "the export is another conversation's", raw(lines -> {
                    lines.clear();
                    lines.addAll(Run.stored("cbo", List.of()).raw());
                })),
                mutant("I8", "it was verified to another end", run -> {
                    var told = run.histories().getFirst();
                    run.histories().set(0, new History("canna", told.events(), told.raw(), "0".repeat(64)));
                }));
    }

    private static Arguments mutant(String rule, String name, Consumer<Run> mutation) {
        return arguments(rule, named(name, mutation));
    }

    /** The first history told anew, properly chained, from other messages: pairs of id and text. */
    static Consumer<Run> texts(Consumer<List<String[]>> change) {
        return run -> {
            var told = run.histories().getFirst();
            var texts = new ArrayList<String[]>();
            told.received().forEach(e -> texts.add(text(e.id(), e.text())));
            change.accept(texts);
            run.histories().set(0, Run.stored(told.conversation(), texts));
        };
    }

    static String[] text(String id, String text) {
        return new String[] {id, text};
    }

    private static Consumer<Run> events(UnaryOperator<Event> change) {
        return run -> {
            var told = run.histories().getFirst();
            var events = told.events().stream().map(change).toList();
            run.histories().set(0, new History(told.conversation(), events, told.raw(), told.head()));
        };
    }

    private static Event renumbered(Event e, long after, long by) {
        var seq = e.seq() > after ? e.seq() + by : e.seq();
        return new Event(seq, e.type(), e.at(), e.prev(), e.hash(), e.source(), e.id(), e.text(), e.author());
    }

    private static Event at(Event e, String at) {
        return new Event(e.seq(), e.type(), at, e.prev(), e.hash(), e.source(), e.id(), e.text(), e.author());
    }

    private static Consumer<Run> raw(Consumer<List<byte[]>> change) {
        return run -> {
            var told = run.histories().getFirst();
            var lines = new ArrayList<>(told.raw());
            change.accept(lines);
            run.histories().set(0, export(told, lines));
        };
    }

    private static History export(History told, List<byte[]> raw) {
        return new History(told.conversation(), told.events(), raw, told.head());
    }

    private static void spoil(List<byte[]> lines, int index) {
        var line = lines.get(index).clone();
        line[line.length - 4] ^= 1;
        lines.set(index, line);
    }

    /** Takes an entry out and names predecessors and numbers anew from there on, as a forger without keys would. */
    private static void relink(List<byte[]> lines, int without) {
        lines.remove(without);
        for (int i = without; i < lines.size(); i++) {
            var line = new String(lines.get(i), StandardCharsets.UTF_8)
                    .replaceFirst("\"seq\":[0-9]+", "\"seq\":" + (i + 1))
                    .replaceFirst("\"prev\":\"[0-9a-f]+", "\"prev\":\"" + Chain.hash(lines.get(i - 1)));
            lines.set(i, line.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Consumer<Run> sent(String thread, String id) {
        return run -> run.exchanges()
                .add(new Exchange(run.exchanges().size(), thread, "/chat/web", id, "mine", Optional.empty()));
    }

    /** One more answer to the first conversation's event {@code id}. */
    private static Consumer<Run> again(String id, int status, String body) {
        return run -> run.exchanges().stream()
                .filter(e -> e.thread().equals("anna") && e.id().equals(id))
                .findFirst()
                .ifPresent(e -> run.exchanges().add(with(e, new Answer(status, body))));
    }

    private static Consumer<Run> answers(UnaryOperator<String> change) {
        return run -> run.exchanges()
                .replaceAll(e -> e.answer()
                        .map(a -> with(e, new Answer(a.status(), change.apply(a.body()))))
                        .orElse(e));
    }

    private static Consumer<Run> forgery(int status, String body) {
        return run ->
                run.exchanges().replaceAll(e -> e.text().equals("forged") ? with(e, new Answer(status, body)) : e);
    }

    private static Exchange with(Exchange e, Answer answer) {
        return new Exchange(e.number(), e.thread(), e.source(), e.id(), e.text(), Optional.of(answer));
    }

    private Mutants() {}
}
