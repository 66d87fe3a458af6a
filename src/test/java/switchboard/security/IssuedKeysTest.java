package switchboard.security;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import switchboard.security.IssuedKeys.Creation;
import switchboard.security.IssuedKeys.Issued;
import switchboard.security.IssuedKeys.Snapshot;

/** What becomes of keys when a write or a read comes at a bad moment. */
class IssuedKeysTest {

    private static final ActorTestKit actors = ActorTestKit.create();

    private final Table table = new Table();
    private final IssuedKeys keys =
            new IssuedKeys(actors.system(), table, List.of("acme"), InstantSource.system(), Duration.ofDays(1));

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void a_key_whose_write_failed_is_not_shown_and_opens_nothing_here() {
        table.fails = true;

        assertThatThrownBy(() -> done(keys.create("acme", "wa", Set.of("sms"))));
        assertThat(table.snapshot.keys()).isEmpty();
    }

    @Test
    void killed_between_storing_and_showing_the_key_that_nobody_has_is_in_the_list_and_can_be_revoked() {
        table.failsAfterwards = true;
        assertThatThrownBy(() -> done(keys.create("acme", "wa", Set.of("sms"))));
        table.failsAfterwards = false;

        var id = done(keys.list("acme")).getFirst().key().id();
        done(keys.revoke("acme", id));

        assertThat(keys.find(id)).map(ApiKey::revoked).contains(true);
    }

    @Test
    void killed_after_a_revocation_was_stored_and_before_it_was_answered_the_next_look_finds_it() {
        var id = create();
        table.failsAfterwards = true;
        assertThatThrownBy(() -> done(keys.revoke("acme", id)));

        done(keys.refresh());

        assertThat(keys.find(id)).map(ApiKey::revoked).contains(true);
    }

    @Test
    void what_was_read_before_a_revocation_and_comes_after_it_brings_nothing_back() {
        var id = create();
        var late = table.holdNextRead();
        var refreshed = keys.refresh();

        done(keys.revoke("acme", id));
        late.run();

        done(refreshed);
        assertThat(keys.find(id)).map(ApiKey::revoked).contains(true);
    }

    @Test
    void two_who_change_at_once_both_get_their_way_or_are_told() {
        table.interfere = () -> table.add(issuedElsewhere());

        var creation = done(keys.create("acme", "wa", Set.of("sms")));

        assertThat(creation).isInstanceOf(Creation.Created.class);
        assertThat(table.snapshot.keys()).hasSize(2);
        table.interfere = () -> table.add(issuedElsewhere());
        assertThat(done(keys.create("acme", "wa", Set.of("sms")))).isInstanceOf(Creation.TooMany.class);
    }

    @Test
    void where_others_change_all_the_time_it_gives_up() {
        table.interfereAlways = true;

        assertThatThrownBy(() -> done(keys.create("acme", "wa", Set.of("sms")))).hasMessageContaining("all the time");
    }

    @Test
    void a_look_that_fails_leaves_what_is_known() {
        var id = create();
        table.fails = true;

        assertThatThrownBy(() -> done(keys.refresh()));

        assertThat(keys.find(id)).map(ApiKey::revoked).contains(false);
    }

    @Test
    void a_new_key_prints_without_its_secret() {
        var created = (Creation.Created) done(keys.create("acme", "wa", Set.of("sms")));

        assertThat(created.toString()).doesNotContain(created.secret());
    }

    private String create() {
        return ((Creation.Created) done(keys.create("acme", "wa", Set.of("sms"))))
                .issued()
                .key()
                .id();
    }

    private static Issued issuedElsewhere() {
        var id = "gw-" + java.util.UUID.randomUUID().toString().substring(0, 8);
        var key = new ApiKey(id, "acme", Role.GATEWAY, "a".repeat(64), Set.of("sms"), false);
        return new Issued(key, "wa", InstantSource.system().instant(), Optional.empty());
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /** One tenant's, with moments at which it misbehaves. */
    private static final class Table implements IssuedKeys.Rows {
        Snapshot snapshot = new Snapshot(0, List.of());
        boolean fails;
        boolean failsAfterwards;
        boolean interfereAlways;
        Runnable interfere = () -> {};
        private Optional<CompletableFuture<Void>> held = Optional.empty();

        /** The next read sees the table as it is now, and answers once that is run. */
        Runnable holdNextRead() {
            var gate = new CompletableFuture<Void>();
            held = Optional.of(gate);
            return () -> gate.complete(null);
        }

        void add(Issued issued) {
            var keys = new ArrayList<>(snapshot.keys());
            keys.removeIf(key -> key.key().id().equals(issued.key().id()));
            keys.add(issued);
            snapshot = new Snapshot(snapshot.changes() + 1, keys);
        }

        @Override
        public CompletionStage<Long> changes(String tenant) {
            return completedStage(snapshot.changes());
        }

        @Override
        public CompletionStage<Snapshot> read(String tenant) {
            if (fails) {
                return CompletableFuture.failedStage(new IllegalStateException("away"));
            }
            var seen = snapshot;
            var gate = held.orElseGet(() -> CompletableFuture.completedFuture(null));
            held = Optional.empty();
            return gate.thenApply(_ -> seen);
        }

        @Override
        public CompletionStage<Boolean> change(String tenant, long changes, Issued key, Optional<String> drop) {
            var before = interfere;
            interfere = () -> {};
            before.run();
            if (interfereAlways) {
                add(issuedElsewhere());
                snapshot = new Snapshot(snapshot.changes(), List.of());
            }
            if (fails) {
                return CompletableFuture.failedStage(new IllegalStateException("away"));
            }
            if (snapshot.changes() != changes) {
                return completedStage(false);
            }
            add(key);
            return failsAfterwards
                    ? CompletableFuture.failedStage(new IllegalStateException("no answer"))
                    : completedStage(true);
        }
    }
}
