package switchboard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import switchboard.audit.Verdict.Fault;
import switchboard.audit.Verdict.Reason;
import switchboard.audit.Verdict.Valid;
import switchboard.log.DataKey;

class ContentsTest extends LogFixture {

    @Test
    void a_replaced_key_is_named_where_the_log_commits_to_it() {
        vault.put(key.id(), new DataKey(new byte[12], filled(2)));

        assertThat(fault()).isEqualTo(new Fault(2, Reason.KEY_REPLACED));
    }

    @Test
    void a_key_that_does_not_unwrap_is_named_too() {
        vault.put(key.id(), DAMAGED);

        assertThat(fault()).isEqualTo(new Fault(2, Reason.KEY_REPLACED));
    }

    @Test
    void an_erased_key_is_no_fault() {
        vault.clear();

        assertThat(verdict()).isInstanceOf(Valid.class);
    }

    @Test
    void a_box_that_was_sealed_for_another_place_is_named() {
        insert(9, pen.write(at(8), "message.received", time(9), 1, Map.of("sealed", seal(3))));

        assertThat(fault()).isEqualTo(new Fault(9, Reason.SEAL_BROKEN));
    }

    @Test
    void a_recovered_entrys_box_opens_for_the_number_that_it_had() {
        var original = Map.of("of", 3, "original", Map.of("sealed", seal(3)));
        insert(9, pen.write(at(8), "entry.recovered", time(9), 1, original));
        assertThat(verdict()).isInstanceOf(Valid.class);

        var wrong = Map.of("of", 4, "original", Map.of("sealed", seal(3)));
        replace(9, pen.write(at(8), "entry.recovered", time(9), 1, wrong));
        assertThat(fault()).isEqualTo(new Fault(9, Reason.SEAL_BROKEN));
    }

    @Test
    void a_fault_inside_an_entry_does_not_hide_an_earlier_one() {
        insert(9, pen.write(at(8), "message.received", time(9), 1, Map.of("sealed", seal(3))));
        remove(8);

        assertThat(fault()).isEqualTo(new Fault(8, Reason.MISSING));
    }
}
