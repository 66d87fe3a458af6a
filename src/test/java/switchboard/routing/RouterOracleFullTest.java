package switchboard.routing;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
class RouterOracleFullTest {

    @Test
    void ten_million_commands_are_answered_as_the_brute_force_twin_answers_them() {
        RouterOracleTest.hold(1_000, 5_000);
    }
}
