package switchboard.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChainTest {

    private static final TenantKeys KEYS = new TenantKeys(new byte[32], new byte[32]);
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final Head GENESIS = Head.of("Conversation|local:c");

    private final List<Entry> standing = new ArrayList<>();
    private final List<Entry> strays = new ArrayList<>();
    private final List<Entry> broken = new ArrayList<>();
    private final Chain chain = new Chain(GENESIS, new Chain.Sink() {
        @Override
        public void stands(Entry entry) {
            standing.add(entry);
        }

        @Override
        public void stray(Entry entry) {
            strays.add(entry);
        }

        @Override
        public void broken(Entry entry) {
            broken.add(entry);
        }
    });

    private final Entry one = entry(GENESIS, 1, "one");
    private final Entry two = entry(Head.after(one), 1, "two");
    private final Entry three = entry(Head.after(two), 1, "three");

    @Test
    void a_plain_log_stands_as_it_is() {
        var head = follow(one, two, three);

        assertThat(standing).containsExactly(one, two, three);
        assertThat(head).isEqualTo(Head.after(three));
        assertThat(strays).isEmpty();
        assertThat(broken).isEmpty();
    }

    @Test
    void of_two_entries_the_one_that_the_next_names_stands() {
        var late = entry(Head.after(one), 1, "late");

        follow(one, late, two, three);

        assertThat(standing).containsExactly(one, two, three);
        assertThat(strays).containsExactly(late);
    }

    @Test
    void at_the_head_the_later_incarnation_stands_whatever_the_order_of_rows() {
        var newer = entry(Head.after(one), 2, "newer");

        follow(one, two, newer);

        assertThat(standing).containsExactly(one, newer);
        assertThat(strays).containsExactly(two);
    }

    @Test
    void at_the_head_the_earlier_row_of_one_incarnation_stands() {
        var copy = entry(Head.after(one), 1, "copy");

        follow(one, two, copy);

        assertThat(standing).containsExactly(one, two);
        assertThat(strays).containsExactly(copy);
    }

    @Test
    void a_late_write_of_several_entries_is_a_stray_as_a_whole() {
        var late2 = entry(Head.after(one), 1, "late two");
        var late3 = entry(Head.after(late2), 1, "late three");
        var new2 = entry(Head.after(one), 2, "new two");
        var new3 = entry(Head.after(new2), 2, "new three");
        var new4 = entry(Head.after(new3), 2, "new four");

        follow(one, late2, new2, late3, new3, new4);

        assertThat(standing).containsExactly(one, new2, new3, new4);
        assertThat(strays).containsExactly(late2, late3);
    }

    @Test
    void two_late_writes_that_nothing_follows_leave_the_newest_writer_in_its_place() {
        var late2 = entry(Head.after(one), 1, "late two");
        var late3 = entry(Head.after(late2), 1, "late three");
        var new2 = entry(Head.after(one), 2, "new two");
        var new3 = entry(Head.after(new2), 2, "new three");

        follow(one, late2, new2, late3, new3);

        assertThat(standing).containsExactly(one, new2, new3);
        assertThat(strays).containsExactlyInAnyOrder(late2, late3);
    }

    @Test
    void the_same_bytes_twice_are_one_entry() {
        follow(one, two, two, three);

        assertThat(standing).containsExactly(one, two, three);
        assertThat(strays).isEmpty();
    }

    @Test
    void a_row_that_links_to_nothing_is_a_break_and_the_log_goes_on() {
        var forged = Entry.of(new String(two.bytes(), java.nio.charset.StandardCharsets.UTF_8)
                .replace("two", "TWO")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));

        follow(one, forged, three);

        assertThat(standing).containsExactly(one, forged, three);
        assertThat(broken).containsExactly(three);
    }

    @Test
    void a_missing_number_is_a_break_at_the_next_one() {
        chain.add(1, one);
        chain.add(3, three);
        chain.finish();

        assertThat(standing).containsExactly(one, three);
        assertThat(broken).containsExactly(three);
    }

    @Test
    void a_row_that_links_to_nothing_beside_one_that_links_is_a_stray() {
        var alien = entry(new Head(1, Hash.genesis("elsewhere")), 9, "alien");

        follow(one, alien, two, three);

        assertThat(standing).containsExactly(one, two, three);
        assertThat(strays).containsExactly(alien);
        assertThat(broken).isEmpty();
    }

    @Test
    void bytes_that_are_no_entry_break_the_chain_and_not_the_reader() {
        chain.add(1, one);
        chain.add(2, Entry.of("{\"seq\":".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        chain.add(3, three);
        chain.finish();

        assertThat(standing).extracting(Entry::type).containsExactly("one", Entry.UNREADABLE, "three");
        assertThat(broken).hasSize(2);
    }

    @Test
    void an_entry_is_genuine_for_who_holds_the_keys_alone() {
        var forged = new Pen(
                        new TenantKeys(
                                new byte[32],
                                "another key of 32 bytes, I guess".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        1)
                .write(GENESIS, "one", NOON, 1, Map.of());

        assertThat(one.genuine(KEYS)).isTrue();
        assertThat(forged.genuine(KEYS)).isFalse();
    }

    private Head follow(Entry... rows) {
        for (var row : rows) {
            chain.add(row.seq(), row);
        }
        return chain.finish();
    }

    private static Entry entry(Head after, long writer, String type) {
        return new Pen(KEYS, writer).write(after, type, NOON, 1, Map.of("text", "Grüße"));
    }
}
