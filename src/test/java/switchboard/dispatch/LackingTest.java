package switchboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import switchboard.dispatch.Dispatch.Lack;
import switchboard.plan.Need;

class LackingTest {

    private static final Need LAW = new Need("law", 3);

    private final Lacking lacking = new Lacking();

    @Test
    void a_skill_that_nobody_at_work_has_is_named_with_how_many_wait_for_it_the_most_wanted_first() {
        lacking.works("ana", List.of(new Need("billing", 5)));
        lacking.waits("c1", List.of(LAW, new Need("billing", 1)));
        lacking.waits("c2", List.of(new Need("tax", 1)));
        lacking.waits("c3", List.of(LAW));
        lacking.waits("c4", List.of());

        assertThat(lacking.all()).containsExactly(new Lack("law", 3, 2), new Lack("tax", 1, 1));
    }

    @Test
    void who_has_it_at_a_lower_level_only_does_not_have_it() {
        lacking.waits("c1", List.of(LAW));
        lacking.works("ana", List.of(new Need("law", 2)));
        assertThat(lacking.all()).containsExactly(new Lack("law", 3, 1));

        lacking.works("ben", List.of(new Need("law", 4)));
        assertThat(lacking.all()).isEmpty();
    }

    @Test
    void it_is_lacking_from_when_the_last_who_has_it_goes_or_unlearns_it() {
        lacking.waits("c1", List.of(LAW));
        lacking.works("ana", List.of(LAW));
        lacking.works("ben", List.of(LAW));

        lacking.away("ana");
        lacking.away("ana");
        assertThat(lacking.all()).isEmpty();

        lacking.works("ben", List.of(new Need("tax", 1)));
        assertThat(lacking.all()).containsExactly(new Lack("law", 3, 1));
    }

    @Test
    void what_was_said_twice_counts_once_and_what_waits_no_longer_does_not_count() {
        lacking.waits("c1", List.of(LAW));
        lacking.waits("c1", List.of(LAW));
        lacking.waits("c2", List.of(LAW));
        lacking.waits("c2", List.of(new Need("tax", 1)));
        lacking.left("c2");
        lacking.left("c2");

        assertThat(lacking.all()).containsExactly(new Lack("law", 3, 1));
    }
}
