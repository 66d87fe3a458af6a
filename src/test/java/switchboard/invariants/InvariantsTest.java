package switchboard.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checkers can fail: each mutant of a healthy run is caught, by the rule that it breaks. */
class InvariantsTest {

    @Test
    void a_healthy_run_violates_nothing() {
        var run = Run.healthy();

        assertThat(Invariants.violated(run.exchanges(), run.histories())).isEmpty();
    }

    @Test
    void an_unanswered_event_may_be_stored_once() {
        var run = Run.healthy();
        Mutants.texts(t -> t.add(Mutants.text("lost", "nobody heard"))).accept(run);

        assertThat(Invariants.violated(run.exchanges(), run.histories())).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("switchboard.invariants.Mutants#all")
    void a_mutant_is_caught(String rule, Consumer<Run> mutation) {
        var run = Run.healthy();

        mutation.accept(run);

        assertThat(Invariants.violated(run.exchanges(), run.histories()))
                .extracting(Violation::rule)
                .contains(rule);
    }
}
