package switchboard.scribe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;
import switchboard.log.DataKey;
import switchboard.log.Keyring;
import switchboard.log.TenantKeys;
import switchboard.log.Unconfirmed;

class DebtRowTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final Instant SOON = NOON.plus(DebtRow.SOON);

    private final List<Instant> written = new ArrayList<>();
    private int settled;

    private final DebtRow row = new DebtRow("Agent|acme:anna", desk());

    @Test
    void what_is_owed_already_costs_no_second_row() {
        row.soon(NOON);
        row.soon(NOON.plusSeconds(1));
        row.by(SOON.plusSeconds(1));

        assertThat(written).containsExactly(SOON);
    }

    @Test
    void what_ends_sooner_moves_the_row() {
        row.soon(NOON);
        row.by(NOON.plusSeconds(20));

        assertThat(written).containsExactly(SOON, NOON.plusSeconds(20));
    }

    @Test
    void woken_before_its_time_after_a_start_what_ends_before_the_row_is_due_is_owed_in_its_own_time() {
        row.woken();
        row.by(NOON.plusSeconds(20));

        assertThat(written).containsExactly(NOON.plusSeconds(20));
    }

    @Test
    void after_a_wake_the_row_that_stands_looks_after_what_is_soon() {
        row.soon(NOON);
        row.woken();
        row.soon(NOON.plusSeconds(10));

        assertThat(written).containsExactly(SOON);
    }

    @Test
    void woken_and_owing_nothing_it_goes_and_owing_something_later_it_moves_on() {
        row.soon(NOON);
        row.woken();
        row.settle(Optional.of(NOON.plusSeconds(500)), NOON);
        assertThat(written).containsExactly(SOON, NOON.plusSeconds(500));

        row.woken();
        row.settle(Optional.empty(), NOON);
        assertThat(settled).isEqualTo(1);
    }

    /** A row needs none. */
    private static final class NoKeys implements Keyring {

        @Override
        public TenantKeys tenant(String tenant) {
            throw new IllegalStateException("no keys");
        }

        @Override
        public Optional<DataKey> next(String tenant) {
            return Optional.empty();
        }

        @Override
        public CompletionStage<Optional<DataKey>> load(String tenant, String id) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public CompletionStage<Done> erase(String tenant, String id) {
            return CompletableFuture.completedFuture(Done.getInstance());
        }
    }

    private Desk desk() {
        var done = CompletableFuture.completedFuture(Done.getInstance());
        return new Desk(
                new NoKeys(),
                (_, _) -> CompletableFuture.completedFuture(List.of()),
                (_, at) -> {
                    written.add(at);
                    return done;
                },
                _ -> {
                    settled++;
                    return done;
                },
                (_, _) -> {},
                new TestRight(),
                new Unconfirmed(),
                InstantSource.fixed(NOON),
                new LongAdder());
    }
}
