package switchboard.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.insight.Story.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import switchboard.conversation.Conversation.Facts;
import switchboard.storage.TestCassandra;

/** 300 conversations on 12 days: every third assigned, every fourth resolved, every tenth opened again later. */
class SearchIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    private static final ActorTestKit actors = ActorTestKit.create();
    private static final Duration WINDOW = Duration.ofHours(24);
    private static final TestKeys keys = new TestKeys();
    private static final Customers customers = new Customers(keys);
    private static final List<Facts> all = new ArrayList<>();
    private static Search search;

    @BeforeAll
    static void fill() {
        var rows = new Rows(cassandra.session(), cassandra.keyspace(), customers);
        for (int i = 0; i < 300; i++) {
            var story = new Story(
                    keys, "local", i, NOON.plus(Duration.ofHours(i % 12 * 24L)).plusSeconds(i % 7));
            story.opened("t" + i, "c" + i % 50).received();
            if (i % 3 == 0) {
                story.assigned("a" + i % 5);
            }
            if (i % 4 == 0) {
                story.resolved("done");
            }
            if (i % 10 == 0) {
                story.after(Duration.ofDays(2)).opened("t" + i, "c" + i % 50);
            }
            all.add(story.facts());
        }
        var elsewhere = new Story(keys, "other", 1, NOON).opened("t1", "c1").facts();
        IntStream.range(0, 300)
                .mapToObj(i -> rows.write(all.get(i)).toCompletableFuture())
                .toList()
                .forEach(write -> write.join());
        rows.write(elsewhere).toCompletableFuture().join();
        search = new Search(actors.system(), cassandra.session(), cassandra.keyspace());
    }

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void every_conversation_of_the_tenant_is_listed_once_those_opened_last_first() {
        assertThat(walk(query(List.of(), "", 100))).isEqualTo(expected(_ -> true));
    }

    @Test
    void pages_of_any_size_make_the_same_list() {
        var whole = expected(_ -> true);

        assertThat(walk(query(List.of(), "", 1)).subList(0, 20)).isEqualTo(whole.subList(0, 20));
        assertThat(walk(query(List.of(), "", 7))).isEqualTo(whole);
        assertThat(walk(query(List.of(), "", 33))).isEqualTo(whole);
    }

    @Test
    void filters_leave_out_the_others() {
        assertThat(walk(query(List.of(), "assigned", 10)))
                .isEqualTo(expected(f -> f.status().equals("assigned")))
                .isNotEmpty();
        assertThat(walk(query(List.of(), "wrap_up", 10))).isEmpty();
        assertThat(walk(new Query(
                        "local", "", "web", List.of(), NOON.plus(days(3)), NOON.plus(days(5)), 10, NOON, WINDOW)))
                .isEqualTo(expected(f -> {
                    var at = f.contacts().getLast().openedAt();
                    return !at.isBefore(NOON.plus(days(3))) && at.isBefore(NOON.plus(days(5)));
                }))
                .isNotEmpty();
        assertThat(walk(new Query("local", "", "sms", List.of(), Instant.EPOCH, NOON.plus(days(90)), 9, NOON, WINDOW)))
                .isEmpty();
    }

    @Test
    void what_is_resolved_for_longer_than_the_window_is_closed() {
        var now = NOON.plus(days(7));
        var resolved =
                new Query("local", "resolved", "", List.of(), Instant.EPOCH, NOON.plus(days(90)), 50, now, WINDOW);
        var closed = new Query("local", "closed", "", List.of(), Instant.EPOCH, NOON.plus(days(90)), 50, now, WINDOW);

        assertThat(walk(resolved)).isNotEmpty().doesNotContainAnyElementsOf(walk(closed));
        assertThat(walk(resolved).size() + walk(closed).size())
                .isEqualTo(expected(f -> f.status().equals("resolved")).size());
    }

    @Test
    void an_agent_is_found_with_what_he_has_and_a_supervisor_finds_what_he_had_last() {
        var has = walk(query(List.of(Set.of(Query.owner("a1"))), "", 5));
        var had = walk(query(List.of(Set.of(Query.agent("a1"))), "", 5));

        assertThat(has).isEqualTo(expected(f -> f.agent().equals("a1"))).isNotEmpty();
        assertThat(had).containsAll(has).hasSizeGreaterThan(has.size());
    }

    @Test
    void a_customer_is_found_by_id_or_thread_in_one_list() {
        var byId = walk(query(List.of(customers.called("local", "c7")), "", 2));
        var byThread = walk(query(List.of(customers.called("local", "t7")), "", 2));

        assertThat(byId).isEqualTo(expected(f -> all.indexOf(f) % 50 == 7)).hasSize(6);
        assertThat(byThread).containsExactly(Story.id(7));
        assertThat(walk(query(List.of(customers.called("local", "nobody")), "", 2)))
                .isEmpty();
    }

    @Test
    void a_page_ends_after_8_days_and_says_where_to_go_on() {
        var none = page(query(List.of(), "wrap_up", 10), Place.FIRST);

        assertThat(none.rows()).isEmpty();
        assertThat(none.next()).isPresent();
        assertThat(page(query(List.of(), "wrap_up", 10), none.next().orElseThrow())
                        .next())
                .isEmpty();
    }

    @Test
    void a_pointer_that_nothing_stands_behind_is_passed_over() {
        cassandra
                .session()
                .execute("INSERT INTO search_term (tenant, term, opened_at, conversation) VALUES"
                        + " ('local', 'owner zoe', '2030-01-01T12:00:00Z', '" + Story.id(999) + "')");
        cassandra
                .session()
                .execute("INSERT INTO search_term (tenant, term, opened_at, conversation) VALUES"
                        + " ('local', 'owner zoe', '2030-01-02T12:00:01Z', '" + Story.id(1) + "')");

        assertThat(walk(query(List.of(Set.of(Query.owner("zoe"))), "", 5))).isEmpty();
    }

    private static Duration days(int number) {
        return Duration.ofDays(number);
    }

    private static Query query(List<Set<String>> terms, String status, int limit) {
        return new Query("local", status, "", terms, Instant.EPOCH, Place.FIRST.openedAt(), limit, NOON, WINDOW);
    }

    private static List<String> expected(Predicate<Facts> fits) {
        return all.stream()
                .filter(fits)
                .map(Listed::placeOf)
                .sorted(Place.ORDER)
                .map(Place::conversation)
                .toList();
    }

    private static List<String> walk(Query query) {
        var found = new ArrayList<String>();
        var after = Optional.of(Place.FIRST);
        while (after.isPresent()) {
            var page = page(query, after.get());
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(query.limit());
            page.rows().forEach(row -> found.add(row.place().conversation()));
            after = page.next();
        }
        return found;
    }

    private static Search.Page page(Query query, Place after) {
        return search.page(query, after).toCompletableFuture().join();
    }
}
