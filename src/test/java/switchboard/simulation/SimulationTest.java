package switchboard.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationTest {

    /**
     * Agents under a load, as theory has them.
     *
     * @param contacts in millions
     * @param width the most that half an interval may be of its mean
     */
    record Point(int agents, double load, double contacts, double width) {

        /** Empty: as theory says. */
        String judged() {
            return judged(Setup.erlangA(agents, load));
        }

        String judged(Setup setup) {
            var theory = Erlang.a(agents, load, setup.service(), setup.patience());
            var run = Run.of(setup, 1, Math.round(contacts * 1e6 / Estimate.BATCHES), _ -> {});
            var met =
                    run.abandoned().contains(theory.abandoned()) && run.served().contains(theory.served());
            var narrow = run.abandoned().width() <= width && run.served().width() <= width;
            var lawful = run.identity().contains(0) && run.little() < 1e-6;
            return met && narrow && lawful ? "" : this + " came to " + run;
        }
    }

    @Test
    void ten_agents_behave_as_erlang_a_says() {
        judge(new Point(10, .8, 3, .02), new Point(10, .9, 2, .02), new Point(10, .95, 2, .02));
    }

    @Test
    void nine_agents_are_not_taken_for_ten() {
        assertThat(new Point(10, .9, .5, 1).judged(Setup.erlangA(10, .9))).isEmpty();
        assertThat(new Point(10, .9, .5, 1).judged(Setup.erlangA(9, 1))).isNotEmpty();
    }

    @Test
    void a_ring_of_two_skills_each_closes_ninety_two_percent_of_the_gap_to_one_pool() {
        assertThat(closed(Setup.ring(10, 10, .9), 4_000_000).mean()).isGreaterThanOrEqualTo(.92);
    }

    @Test
    void a_ring_of_one_skill_each_closes_nothing() {
        var alone = new Setup(10, 10, 1, .9, Setup.SERVICE, Double.POSITIVE_INFINITY);

        assertThat(closed(alone, 1_000_000).contains(0)).isTrue();
    }

    static void judge(Point... points) {
        assertThat(Stream.of(points).parallel().map(Point::judged).filter(judged -> !judged.isEmpty()))
                .isEmpty();
    }

    /** Which share of the gap between ten dedicated lines and one pool. */
    static Estimate closed(Setup ring, long contacts) {
        var dedicated = Erlang.c(10, .9, Setup.SERVICE);
        var pooled = Erlang.c(100, .9, Setup.SERVICE);
        var run = Run.of(ring, 1, contacts / Estimate.BATCHES, _ -> {});

        assertThat(dedicated).isCloseTo(200.6, within(.05));
        assertThat(pooled).isCloseTo(6.51, within(.005));
        assertThat(run.little()).isLessThan(1e-6);
        var gap = dedicated - pooled;
        return new Estimate((dedicated - run.all().mean()) / gap, run.all().halfWidth() / gap);
    }

    @ParameterizedTest
    @CsvSource({
        "10, .8, .0732, 6.81", "10, .9, .1108, 10.56", "10, .95, .1312, 12.71",
        "50, .8, .0074, .792", "50, .9, .0286, 3.10", "50, .95, .0466, 5.09",
        "200, .8, .00005, .006", "200, .9, .0039, .440", "200, .95, .0141, 1.61"
    })
    void the_formula_gives_the_published_figures(int agents, double load, double abandoned, double served) {
        var a = Erlang.a(agents, load, Setup.SERVICE, Setup.PATIENCE);

        assertThat(a.abandoned()).isCloseTo(abandoned, within(abandoned < .001 ? 5e-6 : 6e-5));
        assertThat(a.served()).isCloseTo(served, within(served < 1 ? 6e-4 : 6e-3));
    }
}
