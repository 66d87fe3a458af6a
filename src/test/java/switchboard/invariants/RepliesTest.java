package switchboard.invariants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.invariants.Exchange.Answer;
import switchboard.invariants.History.Event;

/** What is wrong with an agent's side of a conversation is found; a healthy one is not blamed. */
class RepliesTest {

    /** Assigned at 2, three messages at 3, 5 and 6, the customer's at 1 and 4, resolved at 7. */
    private final List<Event> events = new ArrayList<>(List.of(
            event(1, "message.received", "hello"),
            event(2, "agent.assigned", ""),
            event(3, "message.sent", "one"),
            event(4, "message.received", "and?"),
            event(5, "message.sent", "two"),
            event(6, "message.sent", "three"),
            event(7, "conversation.resolved", "")));

    private final List<Exchange> orders = new ArrayList<>(List.of(
            order("assign", "a", "anna", 200, 2),
            order("messages", "m1", "one", 201, 3),
            order("messages", "m2", "two", 201, 5),
            order("messages", "m2", "two", 201, 5),
            order("messages", "m3", "three", 201, 6),
            order("resolve", "r", "done", 200, 7)));

    @Test
    void a_healthy_conversation_violates_nothing() {
        assertThat(violated()).isEmpty();
    }

    @Test
    void an_unanswered_message_may_be_stored_once() {
        orders.set(4, new Exchange(4, "anna", "messages", "m3", "three", Optional.empty()));

        assertThat(violated()).isEmpty();
    }

    static Stream<Arguments> mutants() {
        return Stream.of(
                mutant("I2", "an acknowledged message is lost", test -> test.put(6, "note.added", "three")),
                mutant("I2", "the last entry is lost", test -> test.events.removeLast()),
                mutant("I1", "a message is stored twice", test -> test.add("message.sent", "two")),
                mutant("I1", "a message is invented", test -> test.add("message.sent", "never said")),
                mutant("I1", "an unanswered message is stored twice", test -> {
                    test.orders.remove(4);
                    test.orders.add(new Exchange(9, "anna", "messages", "m3", "three", Optional.empty()));
                    test.add("message.sent", "three");
                }),
                mutant(
                        "I1",
                        "a message of a person's is there that nobody ordered",
                        test -> test.add("message.sent", "x")),
                mutant("I1", "a refused message is stored", test -> {
                    test.orders.add(order("messages", "m4", "four", 409, 0));
                    test.add("message.sent", "four");
                }),
                mutant(
                        "I1",
                        "two messages have one number",
                        test -> test.orders.set(4, order("messages", "m3", "two", 201, 5))),
                mutant("I2", "two messages are swapped", test -> Collections.swap(test.orders, 2, 4)),
                mutant("I3", "a text is changed", test -> test.put(5, "message.sent", "too")),
                mutant(
                        "I4",
                        "a repeat gets another number",
                        test -> test.orders.set(3, order("messages", "m2", "two", 201, 6))),
                mutant(
                        "I4",
                        "a message is answered with another status",
                        test -> test.orders.set(1, order("messages", "m1", "one", 200, 3))),
                mutant("I2", "an assignment is acknowledged that is not there", test -> test.put(2, "note.added", "")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("mutants")
    void a_mutant_is_caught(String rule, Consumer<RepliesTest> mutation) {
        mutation.accept(this);

        assertThat(violated()).extracting(Violation::rule).contains(rule);
    }

    private List<Violation> violated() {
        return Replies.findings(orders, new History("canna", events, List.of(), ""))
                .violations();
    }

    private void put(int seq, String type, String text) {
        events.set(seq - 1, event(seq, type, text));
    }

    private void add(String type, String text) {
        events.add(event(events.size() + 1, type, text));
    }

    private static Arguments mutant(String rule, String name, Consumer<RepliesTest> mutation) {
        return arguments(rule, named(name, mutation));
    }

    private static Event event(long seq, String type, String text) {
        return new Event(seq, type, "2030", "", "", "", "", text, "anna");
    }

    private static Exchange order(String word, String key, String text, int status, long seq) {
        var body = status / 100 == 2 ? "{\"conversation\":\"canna\",\"seq\":%d}".formatted(seq) : "";
        return new Exchange(seq, "anna", word, key, text, Optional.of(new Answer(status, body)));
    }
}
