package switchboard.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;
import switchboard.SwitchboardProcess;
import switchboard.history.Live.Pace;
import switchboard.journal.Journal.Row;
import switchboard.wire.Refusal;

/** A reader who joins at n is given n+1, n+2 and so on, each once, whatever happens meanwhile. */
class LiveTest extends LiveFixture {

    @Test
    void first_comes_what_was_and_then_what_comes() {
        var reader = reads(it.with(3), 0);
        sees(reader, 1, 3);

        it.write();
        it.write();

        sees(reader, 4, 5);
    }

    @Test
    void who_joins_at_a_number_is_given_the_next_one() {
        var reader = reads(it.with(5), 3);

        sees(reader, 4, 5);
    }

    @Test
    void who_joins_at_the_head_is_given_what_comes() {
        var reader = reads(it.with(2), 2);
        followed();

        it.write();

        sees(reader, 3, 3);
    }

    @Test
    void what_is_told_before_the_head_is_known_is_not_lost() throws Exception {
        it.with(3).hold(true);
        var reader = reads(it, 0);
        var asked = it.nextAsked();
        var following = it.following(asked.reader());
        it.write();
        it.write();

        asked.answer().complete(following);

        sees(reader, 1, 5);
    }

    @Test
    void what_is_told_before_and_is_in_the_journal_too_is_given_once() throws Exception {
        it.with(3).hold(true);
        var reader = reads(it, 0);
        var asked = it.nextAsked();
        it.following(asked.reader());
        it.write();
        it.write();

        asked.answer().complete(it.following(asked.reader()));
        it.write();

        sees(reader, 1, 6);
    }

    @Test
    void what_is_told_while_the_journal_is_read_comes_after_it() {
        var opened = new CompletableFuture<Done>();
        it.with(3).journal(Script.once(opened));
        var reader = reads(it, 0);
        followed();
        it.write();
        it.write();

        opened.complete(Done.getInstance());

        sees(reader, 1, 5);
    }

    @Test
    void a_number_that_is_told_twice_is_given_once() {
        var reader = reads(it.with(1), 0);
        sees(reader, 1, 1);

        var second = it.write();
        it.tell(second);
        it.tell(it.entry(1), second, it.quietly());

        sees(reader, 2, 3);
        assertThat(counts.refollowed().sum()).isZero();
    }

    @Test
    void a_number_that_was_not_told_is_read() {
        var reader = reads(it.with(1), 0);
        sees(reader, 1, 1);

        it.quietly();
        it.write();

        sees(reader, 2, 3);
        assertThat(counts.refollowed().sum()).isEqualTo(1);
    }

    @Test
    void a_last_message_that_was_lost_is_found() {
        pace = new Pace(100, 1_000_000, SOON, SOON);
        var reader = reads(it.with(1), 0);
        sees(reader, 1, 1);

        it.quietly();

        sees(reader, 2, 2);
    }

    @Test
    void a_reader_who_was_forgotten_follows_again() {
        pace = new Pace(100, 1_000_000, SOON, SOON);
        var reader = reads(it.with(1), 0);
        sees(reader, 1, 1);

        it.forget();
        followed();
        it.write();

        sees(reader, 2, 2);
    }

    @Test
    void more_entries_than_are_held_for_a_slow_reader_are_read_again() {
        pace = new Pace(3, 1_000_000, NEVER, SOON);
        var reader = reads(it.with(1), 0);
        sees(reader, 1, 1);

        for (int i = 0; i < 20; i++) {
            it.write();
        }

        sees(reader, 2, 21);
        assertThat(counts.refollowed().sum()).isPositive();
    }

    @Test
    void more_bytes_than_are_held_for_a_slow_reader_are_read_again() {
        pace = new Pace(100, it.with(1).entry(1).size() * 3L, NEVER, SOON);
        var reader = reads(it, 0);
        sees(reader, 1, 1);

        for (int i = 0; i < 20; i++) {
            it.write();
        }

        sees(reader, 2, 21);
        assertThat(counts.refollowed().sum()).isPositive();
    }

    @Test
    void a_journal_that_breaks_off_is_read_again_from_there() {
        var times = new AtomicInteger();
        it.with(5)
                .journal(rows -> times.incrementAndGet() > 3
                        ? rows
                        : rows.take(1).concat(Source.failed(new IllegalStateException("away"))));

        var reader = reads(it, 0);

        sees(reader, 1, 5);
        assertThat(times).hasValue(4);
    }

    @Test
    void a_row_that_the_journal_does_not_show_yet_is_asked_for_again() {
        var times = new AtomicInteger();
        it.with(5).journal(rows -> times.incrementAndGet() > 2 ? rows : rows.filter(r -> r.number() != 4));

        var reader = reads(it, 0);

        sees(reader, 1, 5);
        assertThat(counts.holes().sum()).isZero();
    }

    @Test
    void a_row_that_is_gone_for_good_does_not_keep_back_what_follows() {
        it.with(6);
        it.damage(4);
        it.damage(6);

        var reader = reads(it, 0);
        reader.request(100);

        assertThat(List.of(reader.expectNext(), reader.expectNext(), reader.expectNext(), reader.expectNext()))
                .extracting(Row::number)
                .containsExactly(1L, 2L, 3L, 5L);
        followed();
        SwitchboardProcess.await("it", () -> counts.holes().sum() == 2);
        it.write();
        assertThat(reader.expectNext().number()).isEqualTo(7);
    }

    @Test
    void it_ends_with_the_number_that_was_asked_for() {
        var inHistory = reads(it.with(5), 1, 3);
        var live = reads(it, 4, 7);
        followed();

        it.write();
        it.write();
        it.write();

        sees(inHistory, 2, 3);
        inHistory.expectComplete();
        sees(live, 5, 7);
        live.expectComplete();
    }

    @Test
    void a_conversation_that_is_gone_ends_it() throws Exception {
        it.with(1).hold(true);
        var reader = reads(it, 0);
        reader.request(1);

        it.nextAsked().answer().completeExceptionally(new StatusReply.ErrorMessage(Refusal.NOT_FOUND.name()));

        reader.expectComplete();
    }

    @Test
    void a_log_that_ends_before_what_was_seen_already_ends_it() {
        var reader = reads(it.with(3), 5);
        reader.request(1);

        reader.expectComplete();
    }

    @Test
    void one_who_does_not_take_what_there_is_waits_and_one_who_has_all_does_not() {
        var reader = reads(it.with(3), 0);
        SwitchboardProcess.await("it", () -> waiting.at(System.nanoTime()).isPresent());

        sees(reader, 1, 3);
        reader.request(1);
        SwitchboardProcess.await("it", () -> waiting.at(System.nanoTime()).isEmpty());
        it.write();

        assertThat(reader.expectNext().number()).isEqualTo(4);
        it.write();
        SwitchboardProcess.await("it", () -> waiting.at(System.nanoTime()).isPresent());
        reader.cancel();
        SwitchboardProcess.await("it", () -> waiting.at(System.nanoTime()).isEmpty());
    }
}
