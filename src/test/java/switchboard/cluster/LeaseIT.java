package switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static switchboard.SwitchboardProcess.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import switchboard.storage.TestCassandra;
import switchboard.wire.CannotStart;

class LeaseIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    private static final Lease.Times LONG =
            new Lease.Times(Duration.ofMillis(200), Duration.ofSeconds(20), Duration.ofMinutes(1));
    private static final Lease.Times SHORT =
            new Lease.Times(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(2));

    /** Of one cluster: those that can be reached, and those that are known besides. */
    private final Set<String> reached = ConcurrentHashMap.newKeySet();

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<String> downed = new CompletableFuture<>();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final List<Lease> opened = new ArrayList<>();

    private final Members cluster = new Members() {
        @Override
        public boolean has(String address) {
            return reached.contains(address);
        }

        @Override
        public boolean knows(String address) {
            return known.contains(address) || has(address);
        }

        @Override
        public void down(String address) {
            downed.complete(address);
        }
    };

    @AfterEach
    void nobody_has_it() {
        opened.forEach(Lease::close);
        cassandra.session().execute("DELETE FROM writer WHERE name = 'keyspace' AND node > ''");
        cassandra.session().execute("DELETE FROM lease WHERE name = 'writer'");
    }

    @Test
    void while_one_has_it_another_program_is_refused() {
        take("one", Members.NONE, LONG);

        assertThatThrownBy(() -> take("two", Members.NONE, LONG))
                .isInstanceOf(CannotStart.class)
                .hasMessage("keyspace %s is in use by another program (one)".formatted(cassandra.keyspace()));
    }

    @Test
    void two_of_one_cluster_have_it_together_and_no_term_twice() {
        reached.addAll(List.of("one", "two"));
        var one = take("one", cluster, LONG);
        var two = take("two", cluster, LONG);
        var terms = new ArrayList<>(List.of(one.term(), two.term()));

        for (int i = 0; i < 5; i++) {
            one.raise().toCompletableFuture().join();
            terms.add(one.term());
            two.raise().toCompletableFuture().join();
            terms.add(two.term());
        }

        assertThat(terms).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void once_given_back_another_has_it_at_once_and_its_term_is_higher() {
        var first = take("one", Members.NONE, LONG);
        first.close();

        assertThat(take("two", Members.NONE, LONG).term()).isGreaterThan(first.term());
    }

    @Test
    void one_that_died_is_waited_for_until_its_right_has_expired() {
        dead("one", 2);

        assertThat(take("two", Members.NONE, LONG).held()).isTrue();
        assertThat(nodes()).containsExactly("two");
    }

    @Test
    void the_same_program_takes_its_own_over_after_a_kill() {
        dead("one", 600);

        assertThat(take("one", Members.NONE, LONG).held()).isTrue();
    }

    @Test
    void who_was_started_twice_learns_it_at_the_next_renewal() {
        var old = take("one", Members.NONE, LONG);
        var again = open("one", LONG);
        again.take("one-again", Members.NONE);

        await("the first one's end", () -> lost.contains("one"));

        assertThat(old.held()).isFalse();
        assertThat(again.held()).isTrue();
    }

    @Test
    void who_could_not_renew_goes_on_where_nobody_took_him_for_dead() {
        var lease = take("one", Members.NONE, LONG);
        cassandra.session().execute("DELETE beat FROM writer WHERE name = 'keyspace' AND node = 'one'");

        await("a renewal", () -> beats("one"));

        assertThat(lease.held()).isTrue();
        assertThat(lost).isEmpty();
    }

    @Test
    void who_cannot_renew_may_not_write_by_the_monotonic_clock_and_may_again_once_he_could() {
        var hasty = new Lease.Times(Duration.ofMillis(500), Duration.ofNanos(1), Duration.ofMinutes(1));
        assertThat(take("one", Members.NONE, hasty).held()).isFalse();

        var slow = take(
                "one",
                Members.NONE,
                new Lease.Times(Duration.ofMillis(300), Duration.ofMillis(250), Duration.ofMinutes(1)));
        await("too late a renewal", () -> !slow.held());
        await("the renewal", slow::held);

        assertThat(lost).isSubsetOf("one");
    }

    @Test
    void a_shard_waits_until_one_who_was_cut_off_may_not_write_any_more_and_then_he_never_may_again() {
        reached.addAll(List.of("one", "two"));
        var one = take("one", cluster, LONG);
        var before = one.term();
        dead("two", 3);
        reached.remove("two");

        var raised = one.raise().toCompletableFuture();

        assertThat(raised).isNotDone();
        raised.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(one.term()).isGreaterThan(before);
        assertThat(nodes()).as("so that a renewal of his finds nothing").containsExactly("one");
    }

    @Test
    void a_shard_waits_for_one_who_still_renews_until_he_can_be_reached_again() {
        reached.addAll(List.of("one", "two"));
        var one = take("one", cluster, SHORT);
        take("two", cluster, SHORT);
        reached.remove("two");

        var raised = one.raise().toCompletableFuture();
        var beat = beat("two");
        await("many renewals", () -> beat("two") > beat + 5);
        assertThat(raised).isNotDone();
        reached.add("two");

        raised.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Test
    void who_was_taken_for_dead_ends_when_he_comes_back() {
        reached.addAll(List.of("one", "two"));
        var one = take("one", cluster, LONG);
        var paused = take(
                "two", cluster, new Lease.Times(Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofSeconds(2)));
        reached.remove("two");
        one.raise().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();

        assertThat(paused.held()).isFalse();
        paused.raise();

        await("his end", () -> lost.contains("two"));
    }

    @Test
    void who_is_unreachable_in_the_cluster_is_no_stranger_to_one_who_joins() {
        reached.add("one");
        known.add("two");
        dead("two", 3);

        assertThat(take("one", cluster, LONG).held()).isTrue();
    }

    @Test
    void a_member_who_is_silent_here_is_given_up() {
        reached.addAll(List.of("one", "two"));
        dead("two", 1);
        take("one", cluster, SHORT);

        assertThat(downed.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo("two");
    }

    @Test
    void a_program_of_an_earlier_version_is_not_overlooked_and_its_terms_are_earlier() {
        cassandra.session().execute("DELETE FROM writer WHERE name = 'keyspace'");
        cassandra.session().execute("INSERT INTO lease (name, term, holder) VALUES ('writer', 7, 'old')");
        assertThatThrownBy(() -> take("one", Members.NONE, LONG))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("earlier version (old)");

        cassandra.session().execute("DELETE holder FROM lease WHERE name = 'writer'");
        assertThat(take("one", Members.NONE, LONG).term() << 36).isGreaterThan(7L << 40);
    }

    private Lease take(String node, Members members, Lease.Times times) {
        var lease = open(node, times);
        lease.take(node, members);
        return lease;
    }

    private Lease open(String node, Lease.Times times) {
        var lease = new Lease(cassandra.session(), node, times, () -> lost.add(node));
        opened.add(lease);
        return lease;
    }

    /** As it is left behind by a kill -9, a renewal of so many seconds. */
    private static void dead(String node, int seconds) {
        cassandra
                .session()
                .execute("UPDATE writer SET address = '%s' WHERE name = 'keyspace' AND node = '%s'"
                        .formatted(node, node));
        cassandra
                .session()
                .execute("UPDATE writer USING TTL %d SET beat = 1 WHERE name = 'keyspace' AND node = '%s'"
                        .formatted(seconds, node));
    }

    private static List<String> nodes() {
        return cassandra
                .session()
                .execute("SELECT node FROM writer WHERE name = 'keyspace'")
                .map(row -> String.valueOf(row.getString("node")))
                .all();
    }

    private static boolean beats(String node) {
        var row = cassandra
                .session()
                .execute("SELECT beat FROM writer WHERE name = 'keyspace' AND node = '" + node + "'")
                .one();
        return row != null && !row.isNull("beat");
    }

    private static long beat(String node) {
        var row = cassandra
                .session()
                .execute("SELECT beat FROM writer WHERE name = 'keyspace' AND node = '" + node + "'")
                .one();
        return row == null ? 0 : row.getLong("beat");
    }
}
