package switchboard.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RouterOracleTest {

    private static final int COMMANDS = 2_000;

    @Test
    void a_million_commands_are_answered_as_the_brute_force_twin_answers_them() {
        hold(1, 500);
    }

    static void hold(long seed, long runs) {
        var differences = LongStream.range(seed, seed + runs)
                .parallel()
                .mapToObj(each -> RouterOracle.difference(each, COMMANDS))
                .filter(difference -> !difference.isEmpty())
                .limit(1);

        assertThat(differences).isEmpty();
    }
}
