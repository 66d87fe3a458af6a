package switchboard.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeptTest {

    private static final List<String> SENT = List.of("a", "b", "c");

    @Test
    void what_is_stored_as_it_was_sent_has_no_flaw() {
        assertThat(Kept.flaw(SENT, List.of("a", "b", "c"))).isEmpty();
    }

    @Test
    void a_lost_a_doubled_and_a_reordered_event_are_flaws() {
        assertThat(Kept.flaw(SENT, List.of("a", "b"))).hasValue("3 were acknowledged, 2 are stored");
        assertThat(Kept.flaw(SENT, List.of("a", "c"))).hasValue("number 1 is c and was sent as b");
        assertThat(Kept.flaw(SENT, List.of("a", "b", "b", "c"))).hasValue("number 2 is b and was sent as c");
        assertThat(Kept.flaw(SENT, List.of("b", "a", "c"))).hasValue("number 0 is b and was sent as a");
    }
}
