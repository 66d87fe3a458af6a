package switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import switchboard.storage.TestCassandra;
import switchboard.wire.CannotStart;

class LeaseIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    private static final Lease.Times QUICK =
            new Lease.Times(Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofMinutes(1));

    private final CompletableFuture<String> lost = new CompletableFuture<>();

    @AfterEach
    void nobody_has_it() {
        cassandra.session().execute("DELETE holder FROM lease WHERE name = 'writer' IF EXISTS");
    }

    @Test
    void while_one_has_it_another_is_refused() {
        try (var _ = acquire("one", QUICK)) {
            assertThatThrownBy(() -> acquire("two", QUICK))
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("keyspace %s is in use by another program (one); its lease ends 30 s after that one did"
                            .formatted(cassandra.keyspace()));
        }
    }

    @Test
    void once_given_back_another_has_it_at_once_and_its_term_is_higher() {
        long before;
        try (var first = acquire("one", QUICK)) {
            before = first.term();
        }

        try (var second = acquire("two", QUICK)) {
            assertThat(second.term()).isGreaterThan(before);
        }
    }

    @Test
    void the_same_program_takes_its_own_over_after_a_kill() {
        var killed = acquire("one", QUICK);

        try (var again = acquire("one", QUICK)) {
            assertThat(again.term()).isEqualTo(killed.term() + 1);
        } finally {
            killed.close();
        }
    }

    @Test
    void who_is_taken_over_learns_it_at_the_next_renewal() throws Exception {
        try (var old = acquire("one", QUICK);
                var _ = Lease.acquire(cassandra.session(), "one", QUICK, () -> {})) {

            lost.get(30, TimeUnit.SECONDS);

            assertThat(old.held()).isFalse();
        }
    }

    @Test
    void an_expired_row_that_nobody_took_is_still_ours() {
        try (var lease = acquire("one", QUICK)) {
            cassandra.session().execute("DELETE holder FROM lease WHERE name = 'writer' IF EXISTS");

            switchboard.SwitchboardProcess.await("a renewal", () -> holds("one"));

            assertThat(lease.held()).isTrue();
        }
    }

    @Test
    void who_cannot_renew_stops_by_the_monotonic_clock() throws Exception {
        var hasty = new Lease.Times(Duration.ofMillis(50), Duration.ofNanos(1), Duration.ofMinutes(1));

        try (var _ = acquire("one", hasty)) {
            lost.get(30, TimeUnit.SECONDS);
        }
    }

    private Lease acquire(String holder, Lease.Times times) {
        return Lease.acquire(cassandra.session(), holder, times, () -> lost.complete(holder));
    }

    private static boolean holds(String holder) {
        var row = cassandra
                .session()
                .execute("SELECT holder FROM lease WHERE name = 'writer'")
                .one();
        return row != null && holder.equals(row.getString("holder"));
    }
}
