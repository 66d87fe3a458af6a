package switchboard.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import switchboard.pressure.Answer.Kind;

class OfferedTest {

    private static final long MILLISECOND = 1_000_000;
    private static final long BEGIN = 5_000 * MILLISECOND;

    @Test
    void what_was_taken_counts_from_when_it_was_due_and_what_was_refused_from_its_sending() {
        var offered = offered(List.of(
                answer(0, 10, 30, Kind.TAKEN), answer(0, 10, 12, Kind.REFUSED), answer(0, 1, 90, Kind.UNCERTAIN)));

        assertThat(offered.taken(0.5)).isEqualTo(30);
        assertThat(offered.refused(0.99)).isEqualTo(2);
        assertThat(offered.takenPerSecond()).isEqualTo(1 / 3.0);
        assertThat(offered.answeredPerSecond()).isEqualTo(1);
    }

    @Test
    void it_is_calm_from_the_first_second_on_whose_median_is_low() {
        var answers = new ArrayList<Answer>();
        for (long i = 0; i < 9; i++) {
            answers.add(answer(i * 100, i * 100, i * 100 + 900, Kind.TAKEN));
            answers.add(answer(1_000 + i * 100, 1_000 + i * 100, 1_000 + i * 100 + 4, Kind.TAKEN));
        }

        assertThat(offered(answers).calmAfter(5)).hasValue(1);
        assertThat(offered(answers).calmAfter(3)).isEmpty();
        assertThat(offered(answers).calmAfter(900)).hasValue(0);
    }

    @Test
    void what_was_due_before_says_nothing_about_the_first_second() {
        var before = answer(-500, -500, 400, Kind.TAKEN);
        var within = answer(10, 10, 12, Kind.TAKEN);

        assertThat(offered(List.of(before, before, within)).calmAfter(5)).hasValue(0);
    }

    private static Answer answer(long due, long sent, long at, Kind kind) {
        return new Answer(BEGIN + due * MILLISECOND, BEGIN + sent * MILLISECOND, BEGIN + at * MILLISECOND, kind);
    }

    private static Offered offered(List<Answer> answers) {
        return new Offered(BEGIN, Duration.ofSeconds(3), answers, 0);
    }
}
