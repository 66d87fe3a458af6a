package switchboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import switchboard.security.Principal;
import switchboard.security.Role;

class RatesMemoryTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Rates rates = new Rates(10, nanos::get);

    @Test
    void only_so_many_callers_are_remembered_and_more_are_let_through() {
        for (int i = 0; i < 20_000; i++) {
            rates.admit(caller(i));
        }

        assertThat(rates.remembered()).isEqualTo(10_000);
        assertThat(rates.refused()).isZero();
    }

    @Test
    void who_has_paid_is_forgotten_when_room_is_needed() {
        for (int i = 0; i < 10_000; i++) {
            rates.admit(caller(i));
        }
        nanos.addAndGet(100_000_000);

        rates.admit(caller(10_000));

        assertThat(rates.remembered()).isEqualTo(1);
    }

    private static Principal caller(int number) {
        return new Principal("local", Role.AGENT, "a" + number, Set.of());
    }
}
