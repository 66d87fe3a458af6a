package switchboard.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import switchboard.invariants.Json;

class TableTest {

    private static final Finding SLOW =
            new Finding("single", "CPU", "ms/event", List.of(0.5, 0.3, 0.4), Goal.atMost(0.30));
    private static final Finding FAST = new Finding("single", "rate", "times", List.of(0.7), Goal.atLeast(0.7));
    private static final Finding PLAIN = new Finding("single", "accepted", "events/s", List.of(2_536.4), Goal.none());

    @Test
    void a_goal_is_judged_by_the_median_and_its_limit_belongs_to_it() {
        assertThat(SLOW.median()).isEqualTo(0.4);
        assertThat(SLOW.reached()).isFalse();
        assertThat(FAST.reached()).isTrue();
        assertThat(Goal.atLeast(0.7).reached(0.69)).isFalse();
        assertThat(Goal.atMost(0.30).reached(0.30)).isTrue();
    }

    @Test
    void a_row_says_the_median_the_spread_the_goal_and_whether_it_was_reached() {
        assertThat(Table.of(List.of(SLOW, FAST, PLAIN))).isEqualTo("""
                | | what | median | least – most | goal | |
                |---|---|---|---|---|---|
                | single | CPU | 0.400 ms/event | 0.300 – 0.500 | ≤ 0.3 | missed |
                | single | rate | 0.700 times |  | ≥ 0.7 | reached |
                | single | accepted | 2,536 events/s |  |  |  |
                """);
    }

    @Test
    void a_run_as_json_has_every_round_and_says_nothing_of_a_goal_where_there_is_none() {
        var run = Json.read(Results.json(
                Instant.parse("2026-11-23T20:00:00Z"), Map.of("cores", "2"), List.of(SLOW, PLAIN), List.of("a note")));

        assertThat(run.at("/machine/cores").asText()).isEqualTo("2");
        assertThat(run.at("/figures/0/rounds")).hasSize(3);
        assertThat(run.at("/figures/0/reached").asBoolean(true)).isFalse();
        assertThat(run.at("/figures/1").has("reached")).isFalse();
        assertThat(run.at("/notes/0").asText()).isEqualTo("a note");
    }

    @Test
    void what_was_not_measured_is_no_figure() {
        assertThatThrownBy(() -> new Finding("single", "CPU", "ms", List.of(), Goal.none()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
