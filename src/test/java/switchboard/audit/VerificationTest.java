package switchboard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import switchboard.audit.Verdict.Fault;
import switchboard.audit.Verdict.Reason;
import switchboard.audit.Verdict.Tampered;
import switchboard.audit.Verdict.Valid;
import switchboard.journal.Journal.Row;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;

class VerificationTest extends LogFixture {

    @Test
    void an_untouched_log_is_valid() {
        recorded.addAll(log.stream().map(Head::after).toList());
        recorded.add(Head.of(PID));

        assertThat(verdict()).isEqualTo(new Valid(8, Head.after(log.getLast()), 0));
    }

    @Test
    void an_empty_log_is_valid_where_none_was_recorded() {
        rows.clear();

        assertThat(verdict()).isEqualTo(new Valid(0, Head.of(PID), 0));
    }

    @Test
    void a_late_write_is_counted_and_no_fault() {
        insert(4, new Pen(KEYS, 1).write(at(3), "message.received", time(4), 1, note("late")));

        assertThat(verdict()).isEqualTo(new Valid(8, Head.after(log.getLast()), 1));
    }

    @Test
    void a_late_branch_of_several_is_no_fault() {
        var first = pen.write(at(3), "message.received", time(4), 1, note("late"));
        insert(4, first);
        insert(5, pen.write(Head.after(first), "message.received", time(5), 1, note("later")));

        assertThat(verdict()).isEqualTo(new Valid(8, Head.after(log.getLast()), 2));
    }

    @Test
    void a_row_that_is_there_twice_is_no_fault() {
        insert(4, entry(4));

        assertThat(verdict()).isEqualTo(new Valid(8, Head.after(log.getLast()), 1));
    }

    @Test
    void any_changed_byte_of_any_entry_is_named() {
        for (int n = 1; n <= 8; n++) {
            for (int i = 0; i < entry(n).size(); i++) {
                var bytes = entry(n).bytes().clone();
                bytes[i] ^= 1;
                replace(n, Entry.of(bytes));
                assertThat(((Tampered) verdictOfWalk()).fault().number()).isEqualTo(n);
                replace(n, entry(n));
            }
        }
    }

    @Test
    void a_changed_content_is_named_as_changed() {
        replace(
                5,
                Entry.of(new String(entry(5).bytes(), StandardCharsets.UTF_8)
                        .replace("text 5", "text 6")
                        .getBytes(StandardCharsets.UTF_8)));

        assertThat(fault()).isEqualTo(new Fault(5, Reason.CHANGED));
    }

    @Test
    void bytes_that_are_no_entry_are_named() {
        replace(5, Entry.of(new byte[] {1, 2, 3}));

        assertThat(fault()).isEqualTo(new Fault(5, Reason.UNREADABLE));
    }

    @Test
    void swapped_rows_are_named_at_the_first() {
        replace(4, entry(5));
        replace(5, entry(4));

        assertThat(fault()).isEqualTo(new Fault(4, Reason.MOVED));
    }

    @Test
    void a_row_out_of_order_is_named() {
        rows.add(new Row(3, entry(3)));

        assertThat(fault()).isEqualTo(new Fault(3, Reason.MOVED));
    }

    @Test
    void a_row_before_the_first_is_named() {
        rows.addFirst(new Row(0, entry(1)));

        assertThat(fault()).isEqualTo(new Fault(0, Reason.MOVED));
    }

    @Test
    void a_tail_written_anew_without_the_keys_is_named_where_it_begins() {
        var forger = new Pen(FORGERS, 2);
        var head = at(5);
        for (int n = 6; n <= 8; n++) {
            var forged = forger.write(head, "message.received", time(n), 1, note("forged"));
            replace(n, forged);
            head = Head.after(forged);
        }

        assertThat(fault()).isEqualTo(new Fault(6, Reason.CHANGED));
    }

    @Test
    void an_entry_put_beside_another_without_the_keys_is_named() {
        insert(6, new Pen(FORGERS, 9).write(at(5), "message.received", time(6), 1, note("forged")));

        assertThat(fault()).isEqualTo(new Fault(6, Reason.FORGED));
    }

    @Test
    void an_entry_appended_without_the_keys_is_named() {
        insert(9, new Pen(FORGERS, 9).write(at(8), "message.received", time(9), 1, note("forged")));

        assertThat(fault()).isEqualTo(new Fault(9, Reason.CHANGED));
    }

    @Test
    void a_removed_row_is_named() {
        for (int n = 1; n <= 7; n++) {
            remove(n);
            assertThat(fault()).isEqualTo(new Fault(n, Reason.MISSING));
            insert(n, entry(n));
        }
    }

    @Test
    void a_removed_row_is_named_although_a_late_write_of_its_number_is_left() {
        var late = new Pen(KEYS, 1).write(at(3), "message.received", time(4), 1, note("late"));
        replace(4, late);

        assertThat(fault()).isEqualTo(new Fault(4, Reason.MISSING));
    }

    @Test
    void the_same_at_the_end_is_told_by_the_recorded_head() {
        recorded.add(at(8));
        replace(7, new Pen(KEYS, 1).write(at(6), "message.received", time(7), 1, note("late")));

        assertThat(fault()).isEqualTo(new Fault(7, Reason.MISSING));
    }

    @Test
    void a_removed_end_is_named_by_the_recorded_head() {
        recorded.add(at(8));
        remove(8);
        assertThat(fault()).isEqualTo(new Fault(8, Reason.TRUNCATED));

        rows.clear();
        assertThat(fault()).isEqualTo(new Fault(1, Reason.TRUNCATED));
    }

    @Test
    void a_recorded_head_that_gave_way_to_another_entry_is_named() {
        recorded.add(at(8));
        replace(8, new Pen(KEYS, 1).write(at(7), "message.received", time(8), 1, note("late")));

        assertThat(fault()).isEqualTo(new Fault(8, Reason.REPLACED));
    }

    @Test
    void an_entry_of_another_log_is_named_in_the_place_of_one_and_beside_it() {
        var others = log("Conversation|acme:d", 8);

        insert(5, others.get(4));
        assertThat(fault()).isEqualTo(new Fault(5, Reason.UNLINKED));
        replace(5, others.get(4));
        assertThat(fault()).isEqualTo(new Fault(5, Reason.UNLINKED));
        replace(5, entry(5));
        insert(9, log("Conversation|acme:d", 9).get(8));
        assertThat(fault()).isEqualTo(new Fault(9, Reason.UNLINKED));
    }

    @Test
    void another_log_as_a_whole_is_named_at_its_beginning() {
        rows.clear();
        log("Conversation|acme:d", 8).forEach(e -> rows.add(new Row(e.seq(), e)));

        assertThat(fault()).isEqualTo(new Fault(1, Reason.UNLINKED));
    }

    @Test
    void an_entry_earlier_than_the_one_before_is_named() {
        insert(9, pen.write(at(8), "message.received", time(7), 1, note("early")));

        assertThat(fault()).isEqualTo(new Fault(9, Reason.STEPPED_BACK));
    }

    @Test
    void the_first_of_several_faults_is_named() {
        remove(7);
        replace(3, Entry.of(new byte[0]));

        assertThat(fault()).isEqualTo(new Fault(3, Reason.UNREADABLE));
    }
}
