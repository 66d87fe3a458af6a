package switchboard.clerks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import switchboard.invariants.Findings;
import switchboard.invariants.Violation;

class HistoriesTest {

    @Test
    void what_was_looked_for_and_not_violated_is_sound() throws Exception {
        assertThat(Histories.sound(new Findings(Map.of("I12", 7L), List.of()), "I12"))
                .isEqualTo(7);
    }

    @Test
    void what_was_never_looked_for_is_not() {
        assertThatThrownBy(() -> Histories.sound(new Findings(Map.of("I5", 7L), List.of()), "I12"))
                .hasMessageContaining("I12");
    }

    @Test
    void a_violation_of_another_rule_counts_too() {
        var violated = new Findings(Map.of("I12", 7L), List.of(new Violation("I5", "c1", "two owners")));

        assertThatThrownBy(() -> Histories.sound(violated, "I12")).hasMessageContaining("two owners");
    }
}
