package switchboard.invariants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.invariants.Outgoing.Said;

/** I-out can fail: each mutant of a healthy run is caught. */
class OutgoingTest {

    /** Two conversations, two messages each, of which one was never acknowledged. */
    static final class Replies {
        final Set<String> acknowledged = new HashSet<>(Set.of("ca.3", "ca.5", "cb.3"));
        final List<Said> stored = new ArrayList<>(List.of(said("ca", 3), said("ca", 5), said("cb", 3), said("cb", 7)));
        final List<Said> delivered =
                new ArrayList<>(List.of(said("cb", 3), said("ca", 3), said("cb", 7), said("ca", 5)));

        List<Violation> violations() {
            return Outgoing.findings(acknowledged, stored, delivered).violations();
        }
    }

    @Test
    void a_healthy_run_violates_nothing() {
        assertThat(new Replies().violations()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void a_mutant_is_caught(Consumer<Replies> mutation) {
        var replies = new Replies();

        mutation.accept(replies);

        assertThat(replies.violations()).extracting(Violation::rule).contains("I-out");
    }

    static Stream<Arguments> mutants() {
        return Stream.of(
                mutant("the last message is lost", r -> r.delivered.removeLast()),
                mutant("a message in between is lost", r -> r.delivered.remove(1)),
                mutant("an unacknowledged message is lost", r -> r.delivered.remove(2)),
                mutant("all are lost", r -> r.delivered.clear()),
                mutant("an acknowledged message is not in the history", r -> r.stored.remove(1)),
                mutant("a message is delivered twice", r -> r.delivered.add(r.delivered.getFirst())),
                mutant("a message is invented", r -> r.delivered.add(said("ca", 9))),
                mutant("two of a conversation are swapped", r -> Collections.swap(r.delivered, 1, 3)),
                mutant("a text is changed", r -> r.delivered.set(0, new Said("cb.3", "cb", 3, "cb's", "other"))),
                mutant("another customer gets it", r -> r.delivered.set(0, new Said("cb.3", "cb", 3, "ca's", "cb 3"))),
                mutant("it names another number", r -> r.delivered.set(0, new Said("cb.3", "cb", 4, "cb's", "cb 3"))));
    }

    private static Arguments mutant(String name, Consumer<Replies> mutation) {
        return arguments(named(name, mutation));
    }

    private static Said said(String conversation, long seq) {
        return new Said(conversation + "." + seq, conversation, seq, conversation + "'s", conversation + " " + seq);
    }
}
