package switchboard.beside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PostgresTest {

    private static final String SAID = """
            transaction type: insert.sql
            scaling factor: 1
            query mode: prepared
            number of clients: 32
            number of threads: 2
            duration: 5 s
            number of transactions actually processed: 21077
            number of failed transactions: 0 (0.000%)
            latency average = 7.569 ms
            initial connection time = 46.510 ms
            tps = 4227.802921 (without initial connection time)
            """;

    @Test
    void the_rate_is_that_of_transactions_once_all_are_connected() {
        assertThat(Postgres.rate(SAID)).isEqualTo(4227.802921);
    }

    @Test
    void a_rate_with_failed_transactions_is_none() {
        var failed = SAID.replace("transactions: 0 (0.000%)", "transactions: 12 (0.057%)");

        assertThatThrownBy(() -> Postgres.rate(failed)).hasMessageContaining("12 (0.057%)");
    }

    @Test
    void what_has_no_rate_is_shown() {
        assertThatThrownBy(() -> Postgres.rate("pgbench: error: aborted")).hasMessageContaining("aborted");
    }
}
