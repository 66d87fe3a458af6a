package switchboard.starting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PhasesTest {

    private static final String READY = """
            data       /tmp/data (0.0 s)
            cassandra  starting
            cassandra  ready on port 21234, process 77 (5.5 s)
            session    keyspace switchboard at 127.0.0.1:21234 (1.2 s)
            rooms      40 groups of routes (0.6 s)
            listening on http://127.0.0.1:8080 after 8.0 s
            late       (9.9 s)
            """;

    @Test
    void each_phase_is_what_the_program_says_and_before_is_what_is_left() {
        assertThat(Phases.text(READY, 11.5)).isEqualTo("before 3.5, cassandra 5.5, session 1.2, rooms 0.6");
    }

    @Test
    void what_is_not_ready_has_no_phases() {
        assertThatThrownBy(() -> Phases.of("cassandra  starting\n", 1)).hasMessageContaining("not ready");
    }
}
