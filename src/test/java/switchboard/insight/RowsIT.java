package switchboard.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.insight.Story.NOON;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import switchboard.conversation.Conversation.Facts;
import switchboard.storage.TestCassandra;

class RowsIT {

    @RegisterExtension
    static final TestCassandra cassandra = new TestCassandra();

    private static final Duration DAYS = Duration.ofDays(3);
    private static final TestKeys keys = new TestKeys();
    private static Rows rows;
    private final Story story = new Story(keys, "local", 1, NOON);

    @BeforeAll
    static void prepare() {
        rows = new Rows(cassandra.session(), cassandra.keyspace(), new Customers(keys));
    }

    @BeforeEach
    void empty() {
        truncate();
        rows.forget();
    }

    @Test
    void a_conversation_stands_once_in_lists_under_its_latest_opening() {
        write(story.opened("t-1", "c-1").assigned("ana").resolved("done").facts());
        write(story.after(DAYS).opened("t-1", "c-1").facts());

        assertThat(dump().of("search")).singleElement().asString().contains("2030-01-04");
        assertThat(dump().of("day")).hasSize(2);
        assertThat(dump().of("episode")).hasSize(2);
        assertThat(dump().of("search_term")).hasSize(2).noneMatch(row -> row.contains("2030-01-01"));
    }

    @Test
    void what_is_older_changes_nothing_whenever_it_comes() {
        story.opened("t-1", "c-1").assigned("ana").held().resolved("done").rated(4);
        story.after(DAYS).opened("t-1", "c-1").assigned("ben");
        write(story.facts());
        var newest = dump();

        story.told.forEach(RowsIT::write);

        assertThat(newest.differences(dump())).isEmpty();
    }

    @Test
    void what_is_told_again_writes_the_same_again() {
        write(story.opened("t-1", "c-1").assigned("ana").facts());
        var once = dump();

        write(story.facts());

        assertThat(once.differences(dump())).isEmpty();
    }

    @Test
    void who_is_told_only_of_the_last_has_the_rows_of_one_who_was_told_of_all() {
        story.opened("t-1", "c-1").received().assigned("ana").sent().resolved("done");
        story.after(DAYS).opened("t-2", "c-2").assigned("ben").reopened();
        story.told.forEach(RowsIT::write);
        var all = dump();
        empty();

        write(story.facts());

        assertThat(all.differences(dump())).isEmpty();
    }

    @Test
    void killed_between_any_two_writes_and_told_again_nothing_is_left_behind() {
        story.opened("t-1", "c-1").assigned("ana").resolved("done");
        var before = story.facts();
        var after = story.after(DAYS).opened("t-2", "c-2").assigned("ben").facts();
        write(before);
        write(after);
        var whole = dump();

        var cuts = 0;
        for (var cut = new Cut(cassandra.session(), 0); cuts == 0 || cut.was(); cut = cut(before, after, ++cuts)) {
            assertThat(whole.differences(dump())).as("cut after " + cuts).isEmpty();
        }

        assertThat(cuts).isGreaterThan(8);
    }

    @Test
    void killed_in_the_middle_of_an_assignment_that_another_follows_nothing_is_left_behind() {
        var first = story.opened("t-1", "c-1").assigned("ana").facts();
        var second = story.assigned("ben").facts();
        var third = story.assigned("cem").facts();
        write(third);
        var whole = dump();

        for (int statements = 0; statements < 12; statements++) {
            empty();
            write(first);
            cutOff(second, new Cut(cassandra.session(), statements));
            write(third);

            assertThat(whole.differences(dump())).as("cut after " + statements).isEmpty();
        }
    }

    @Test
    void an_erased_customer_is_found_by_nothing() {
        write(story.opened("+49170", "c-1").assigned("ana").facts());
        assertThat(dump().of("search_term")).anyMatch(row -> row.contains("customer "));

        write(story.erased().facts());

        assertThat(dump().rows().toString()).doesNotContain("customer ");
        assertThat(dump().of("search")).singleElement().asString().contains("owner ana");
    }

    @Test
    void a_customer_is_found_by_id_and_thread_and_neither_is_readable() {
        write(story.opened("49170", "crm-7").facts());

        var customers = new Customers(keys);
        var terms = dump().of("search_term").toString();

        assertThat(customers.called("local", "+49 170")).anyMatch(terms::contains);
        assertThat(customers.called("local", "crm-7")).anyMatch(terms::contains);
        assertThat(customers.called("local", "crm-8")).noneMatch(terms::contains);
        assertThat(dump().rows().toString()).doesNotContain("49170").doesNotContain("crm-7");
    }

    @Test
    void a_comparison_finds_a_row_too_few_a_row_too_many_and_a_changed_cell() {
        write(story.opened("t-1", "c-1").assigned("ana").facts());
        var right = dump();

        cassandra
                .session()
                .execute("UPDATE episode SET score = 5 WHERE tenant = 'local' AND day = '2030-01-01'"
                        + " AND bucket = " + Place.bucketOf(story.id) + " AND opened_at = '2030-01-01T12:00:00Z' AND"
                        + " conversation = '" + story.id + "'");
        var changed = right.differences(dump());
        cassandra.session().execute("TRUNCATE search_term");
        var fewer = right.differences(dump());
        var more = dump().differences(right);

        assertThat(changed).singleElement().asString().startsWith("changed episode");
        assertThat(fewer)
                .hasSize(5)
                .filteredOn(d -> d.startsWith("missing search_term"))
                .hasSize(4);
        assertThat(more).filteredOn(d -> d.startsWith("too many search_term")).hasSize(4);
    }

    private static Cut cut(Facts before, Facts after, int statements) {
        truncate();
        write(before);
        var cut = new Cut(cassandra.session(), statements);
        cutOff(after, cut);
        write(after);
        return cut;
    }

    private static void cutOff(Facts facts, Cut cut) {
        var cutOff = new Rows(cut.session(), cassandra.keyspace(), new Customers(keys));
        cutOff.write(facts)
                .exceptionally(_ -> Done.getInstance())
                .toCompletableFuture()
                .join();
    }

    private static void truncate() {
        for (var table : List.of("search", "search_head", "search_term", "episode", "day")) {
            cassandra.session().execute("TRUNCATE " + table);
        }
        rows.forget();
    }

    private static void write(Facts facts) {
        done(rows.write(facts));
    }

    private static void done(CompletionStage<Done> stage) {
        try {
            stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new AssertionError(e);
        }
    }

    private static Dump dump() {
        return Dump.of(cassandra.session(), cassandra.keyspace());
    }
}
