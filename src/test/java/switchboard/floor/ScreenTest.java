package switchboard.floor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.invariants.Json;

/** I7 on an agent's stream can fail: each mutant of a good stream is caught. */
class ScreenTest {

    /** One event; of her own log where the conversation is empty. */
    record Seen(String conversation, long seq, String type) {}

    @Test
    void what_was_given_to_her_ahead_of_its_turn_does_not_come_in_its_turn() {
        assertThat(violations(good())).isZero();
    }

    @Test
    void what_is_hers_anew_begins_anew() {
        var seen = good();
        seen.add(new Seen("ca", 9, "reservation.created"));
        seen.add(new Seen("ca", 1, "conversation.opened"));

        assertThat(violations(seen)).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void a_mutant_is_caught(Consumer<List<Seen>> mutation) {
        var seen = good();

        mutation.accept(seen);

        assertThat(violations(seen)).isPositive();
    }

    static Stream<Arguments> mutants() {
        return Stream.of(
                mutant("a number of her own is left out", seen -> seen.remove(5)),
                mutant("a number of her own comes twice", seen -> seen.add(6, seen.get(5))),
                mutant("a number of the conversation is left out", seen -> seen.remove(3)),
                mutant("a number of the conversation comes twice", seen -> seen.add(4, seen.get(3))),
                mutant("two are swapped", seen -> Collections.swap(seen, 2, 3)),
                mutant("the offer comes again in its turn", seen -> seen.add(new Seen("ca", 4, "reservation.created"))),
                mutant("one that was never given to her", seen -> seen.add(new Seen("cb", 3, "message.received"))));
    }

    private static List<Seen> good() {
        return new ArrayList<>(List.of(
                new Seen("", 7, "hold.granted"),
                new Seen("ca", 4, "reservation.created"),
                new Seen("ca", 1, "conversation.opened"),
                new Seen("ca", 2, "message.received"),
                new Seen("ca", 3, "queue.entered"),
                new Seen("", 8, "hold.accepted"),
                new Seen("ca", 5, "reservation.accepted"),
                new Seen("", 9, "wrapup.started")));
    }

    private static long violations(List<Seen> all) {
        var screen = new Screen("ann");
        for (var it : all) {
            var event = Json.object().put("seq", it.seq()).put("type", it.type());
            event.putObject("data").put("agent", "ann");
            if (it.conversation().isEmpty()) {
                screen.own(event);
            } else {
                screen.said(it.conversation(), event);
            }
        }
        return screen.findings().violations().size();
    }

    private static Arguments mutant(String name, Consumer<List<Seen>> mutation) {
        return arguments(named(name, mutation));
    }
}
