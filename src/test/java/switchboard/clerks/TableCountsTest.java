package switchboard.clerks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TableCountsTest {

    private static final TableCounts BEFORE = new TableCounts(Map.of("messages", 10L, "owed", 5L), Map.of());
    private static final TableCounts AFTER =
            new TableCounts(Map.of("messages", 50L, "owed", 5L, "rows", 80L), Map.of("messages", 10L));

    @Test
    void what_was_done_is_the_difference_and_what_was_not_touched_is_left_out() {
        var done = AFTER.since(BEFORE);

        assertThat(done.writes()).isEqualTo(Map.of("messages", 40L, "rows", 80L));
        assertThat(done.reads()).isEqualTo(Map.of("messages", 10L));
    }

    @Test
    void it_is_said_of_one_operation_the_most_first() {
        assertThat(AFTER.since(BEFORE).per(20))
                .isEqualTo("written 6.0 (rows 4.0, messages 2.0); read 0.5 (messages 0.5)");
    }
}
