package switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import switchboard.wire.CannotStart;

class StrangersTest {

    private final Strangers strangers = new Strangers("keyspace", Duration.ZERO);

    private static LeaseRow row(String address, long beat) {
        return new LeaseRow("node", address, beat);
    }

    @Test
    void one_who_goes_on_renewing_is_another_cluster() {
        strangers.waitFor(List.of(row("a", 1)), _ -> false);

        assertThatThrownBy(() -> strangers.waitFor(List.of(row("a", 2)), _ -> false))
                .isInstanceOf(CannotStart.class)
                .hasMessage("keyspace keyspace is in use by another program (node)");
    }

    @Test
    void one_who_does_not_renew_is_waited_for() {
        strangers.waitFor(List.of(row("a", 1)), _ -> false);

        assertThatNoException().isThrownBy(() -> strangers.waitFor(List.of(row("a", 1)), _ -> false));
    }

    @Test
    void one_of_ours_who_cannot_be_reached_is_waited_for_though_he_renews() {
        strangers.waitFor(List.of(row("a", 1)), _ -> true);

        assertThatNoException().isThrownBy(() -> strangers.waitFor(List.of(row("a", 2)), _ -> true));
    }

    @Test
    void who_is_gone_is_forgotten() {
        strangers.waitFor(List.of(row("a", 1)), _ -> false);
        strangers.waitFor(List.of(), _ -> false);

        assertThatNoException().isThrownBy(() -> strangers.waitFor(List.of(row("a", 2)), _ -> false));
    }
}
