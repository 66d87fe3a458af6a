package switchboard.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import switchboard.channel.Partition.Waits;
import switchboard.channel.Waiting.Due;
import switchboard.storage.Stamp;

class WaitingTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final Duration AGAIN = Duration.ofMinutes(5);

    private final Waiting waiting = new Waiting(4);

    @Test
    void what_waits_is_sent_once() {
        waiting.heard(waits("a", 3));
        waiting.heard(waits("a", 3));

        assertThat(all(NOON)).containsExactly(new Due("a", 3, false));
        assertThat(all(NOON)).isEmpty();
    }

    @Test
    void an_accepted_message_releases_the_next() {
        waiting.heard(waits("a", 3));
        all(NOON);

        waiting.heard(waits("a", 5, 6));

        assertThat(all(NOON)).containsExactly(new Due("a", 5, false));
    }

    @Test
    void a_message_that_was_accepted_before_it_was_sent_is_not_sent() {
        waiting.heard(waits("a", 3));

        waiting.heard(waits("a", 0, 4));

        assertThat(all(NOON)).isEmpty();
        assertThat(waiting.size()).isZero();
    }

    @Test
    void an_older_word_than_the_known_one_is_nothing() {
        waiting.heard(waits("a", 5, 6));

        waiting.heard(waits("a", 3, 3));
        waiting.heard(waits("a", 0, 5));

        assertThat(all(NOON)).containsExactly(new Due("a", 5, false));
    }

    @Test
    void a_new_connection_is_sent_all_that_is_not_accepted_those_that_wait_longest_first() {
        waiting.heard(new Waits("late", 1, Stamp.of(NOON.plusSeconds(9), 1)));
        waiting.heard(new Waits("early", 1, Stamp.of(NOON, 1)));
        waiting.heard(new Waits("done", 1, Stamp.of(NOON, 1)));
        all(NOON);
        waiting.heard(new Waits("done", 0, Stamp.of(NOON, 2)));

        waiting.another();

        assertThat(all(NOON)).containsExactly(new Due("early", 1, false), new Due("late", 1, false));
    }

    @Test
    void what_is_not_accepted_in_time_is_sent_again_and_what_is_accepted_is_not() {
        waiting.heard(waits("a", 3));
        waiting.heard(waits("b", 3));
        all(NOON);
        waiting.heard(waits("b", 0, 4));

        waiting.overdue(NOON.plus(AGAIN).minusMillis(1), AGAIN);
        assertThat(all(NOON)).isEmpty();
        waiting.overdue(NOON.plus(AGAIN), AGAIN);

        assertThat(all(NOON.plus(AGAIN))).containsExactly(new Due("a", 3, true));
    }

    @Test
    void a_row_that_nobody_told_of_is_sent() {
        read(List.of(waits("a", 3)));

        assertThat(all(NOON)).containsExactly(new Due("a", 3, false));
    }

    @Test
    void a_row_that_is_gone_ends_the_waiting_unless_something_was_heard_meanwhile() {
        waiting.heard(waits("gone", 3));
        waiting.heard(waits("moved", 3));
        waiting.read();
        waiting.heard(waits("moved", 5, 6));
        waiting.heard(waits("new", 1));

        waiting.rows(List.of(waits("moved", 3)), 4);

        assertThat(all(NOON)).extracting(Due::conversation).containsExactlyInAnyOrder("moved", "new");
    }

    @Test
    void a_word_read_late_takes_nothing_back() {
        waiting.heard(waits("a", 3));
        waiting.read();
        waiting.heard(waits("a", 5, 6));
        all(NOON);

        waiting.rows(List.of(waits("a", 3)), 4);

        assertThat(all(NOON)).isEmpty();
    }

    @Test
    void past_the_bound_nothing_is_kept_and_the_rows_are_read_on_once_half_is_accepted() {
        for (var conversation : List.of("a", "b", "c", "d", "e")) {
            waiting.heard(waits(conversation, 1));
        }
        assertThat(waiting.size()).isEqualTo(4);
        assertThat(waiting.more()).isTrue();

        waiting.heard(waits("a", 0, 2));
        assertThat(waiting.hungry()).isFalse();
        waiting.heard(waits("b", 0, 2));

        assertThat(waiting.hungry()).isTrue();
        assertThat(waiting.room()).isEqualTo(2);
    }

    @Test
    void messages_that_nobody_accepts_keep_no_other_back() {
        var rows = new TreeMap<String, Waits>();
        for (char c = 'a'; c < 'a' + 19; c++) {
            rows.put("" + c, waits("" + c, 1));
        }
        var sent = new HashSet<String>();

        for (int round = 0; round < 6; round++) {
            waiting.readOn();
            var limit = waiting.room();
            waiting.rows(
                    rows.tailMap(waiting.after(), false).values().stream()
                            .limit(limit)
                            .toList(),
                    limit);
            assertThat(waiting.size()).isLessThanOrEqualTo(4);
            all(NOON).forEach(due -> sent.add(due.conversation()));
        }

        assertThat(sent).hasSize(19);
    }

    @Test
    void a_slow_gateway_loses_nothing_of_what_it_has_not_taken_while_the_window_moves_on() {
        read(List.of(waits("a", 1), waits("b", 1), waits("c", 1), waits("d", 1)));
        assertThat(waiting.next(NOON)).contains(new Due("a", 1, false));

        waiting.readOn();
        assertThat(waiting.room()).isEqualTo(1);
        waiting.rows(List.of(waits("e", 1)), 1);

        assertThat(all(NOON)).extracting(Due::conversation).containsExactly("b", "c", "d", "e");
    }

    @Test
    void a_failed_reading_changes_nothing() {
        waiting.heard(waits("a", 3));
        waiting.read();
        waiting.unread();

        assertThat(waiting.reading()).isFalse();
        assertThat(all(NOON)).containsExactly(new Due("a", 3, false));
    }

    @Test
    void stamps_are_in_the_order_of_a_log() {
        assertThat(Stamp.of(NOON, 2)).isGreaterThan(Stamp.of(NOON, 1));
        assertThat(Stamp.of(NOON.plusMillis(1), 3)).isGreaterThan(Stamp.of(NOON, 900_000));
        assertThat(Stamp.at(Stamp.of(NOON, 900_000))).isEqualTo(NOON);
    }

    private void read(List<Waits> rows) {
        waiting.readOn();
        waiting.rows(rows, waiting.room());
    }

    private List<Due> all(Instant now) {
        var due = new ArrayList<Due>();
        for (var next = waiting.next(now); next.isPresent(); next = waiting.next(now)) {
            due.add(next.get());
        }
        return due;
    }

    private static Waits waits(String conversation, long seq) {
        return waits(conversation, seq, seq);
    }

    private static Waits waits(String conversation, long seq, long at) {
        return new Waits(conversation, seq, Stamp.of(NOON, at));
    }
}
