package switchboard.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.invariants.Violation;

class UpkeepTest {

    private static final Footprint USUAL = new Footprint(7, 60, 200, 50);

    @Test
    void what_comes_back_after_a_while_is_as_it_should_be() {
        var seen = new ArrayDeque<>(List.of(USUAL, new Footprint(7, 90, 500, 300), new Footprint(7, 66, 220, 55)));
        var upkeep = new Upkeep(seen::removeFirst, () -> {});

        upkeep.after("a fault");

        assertThat(seen).isEmpty();
        assertThat(upkeep.findings().violations()).isEmpty();
        assertThat(upkeep.findings().checked()).containsEntry("I11", 1L);
    }

    @ParameterizedTest
    @CsvSource({
        "67,200,50,'67 threads, 60 before'",
        "60,221,50,'221 handles, 200 before'",
        "60,200,56,'56 MiB of heap, 50 before'"
    })
    void what_stays_is_convicted(int threads, int handles, double heap, String what) {
        var seen = new ArrayDeque<>(List.of(USUAL));
        var upkeep = new Upkeep(
                () -> seen.isEmpty() ? new Footprint(7, threads, handles, heap) : seen.removeFirst(), () -> {});

        upkeep.after("a fault");

        assertThat(upkeep.findings().violations()).containsExactly(new Violation("I11", "process 7, a fault", what));
    }
}
