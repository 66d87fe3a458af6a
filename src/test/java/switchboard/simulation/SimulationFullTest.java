package switchboard.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import switchboard.simulation.SimulationTest.Point;

@Tag("full")
class SimulationFullTest {

    @Test
    void fifty_and_two_hundred_agents_behave_as_erlang_a_says() {
        SimulationTest.judge(
                new Point(50, .8, 40, .02),
                new Point(50, .9, 22, .02),
                new Point(50, .95, 48, .02),
                new Point(200, .8, 20, Double.POSITIVE_INFINITY),
                new Point(200, .9, 12, .1),
                new Point(200, .95, 6, .1));
    }

    @Test
    void what_a_ring_of_two_skills_each_closes_is_certainly_over_ninety_two_percent() {
        var closed = SimulationTest.closed(Setup.ring(10, 10, .9), 40_000_000);

        assertThat(closed.mean() - closed.halfWidth()).isGreaterThanOrEqualTo(.92);
    }
}
