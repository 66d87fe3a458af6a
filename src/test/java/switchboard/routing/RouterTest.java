package switchboard.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.contact.Command.Availability.OFF;
import static switchboard.contact.Command.Availability.PAUSED;
import static switchboard.contact.Command.Availability.READY;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import switchboard.contact.Command;
import switchboard.contact.Command.Held;
import switchboard.contact.Item.Reason;
import switchboard.contact.Output;
import switchboard.contact.Output.Ignored;
import switchboard.contact.Output.Overflowed;
import switchboard.contact.Output.Unanswered;
import switchboard.plan.Cost;

class RouterTest extends RouterFixture {

    @Test
    void whoever_waits_longest_is_offered_first_when_an_agent_comes() {
        enter("late", 2);
        enter("early", 1);

        assertThat(proposals(ready("anna"))).containsExactly("early to anna", "late to anna");
    }

    @Test
    void a_boost_puts_a_contact_before_those_who_came_earlier_and_a_target_after() {
        enter("plain", 0);
        enter(item("boosted", 5, "support", "high"));

        assertThat(proposals(reportOne("anna"))).containsExactly("boosted to anna");
    }

    @Test
    void the_queue_is_drained_as_soon_as_capacity_frees() {
        reportOne("anna");
        enter("first", 0);
        enter("second", 1);
        accept("first");

        assertThat(proposals(release("first"))).containsExactly("second to anna");
    }

    @Test
    void nobody_is_offered_anything_while_paused_or_off() {
        report("anna", PAUSED);
        report("ben", OFF);

        assertThat(proposals(enter("one", 0))).isEmpty();
        assertThat(proposals(ready("ben"))).containsExactly("one to ben");
    }

    @Test
    void contacts_are_spread_over_equal_agents_by_who_is_idle_longest() {
        ready("anna", "ben", "carl");

        var all = IntStream.range(0, 6).mapToObj(i -> proposed("c" + i)).toList();

        assertThat(all).containsExactly("anna", "ben", "carl", "anna", "ben", "carl");
    }

    @Test
    void a_presence_flip_does_not_make_an_agent_wait_longer_for_his_turn() {
        ready("anna");
        later(1);
        ready("ben");
        later(1);
        report("anna", PAUSED);
        ready("anna");

        assertThat(proposals(enter("one", 3))).containsExactly("one to anna");
    }

    @Test
    void an_agent_is_never_offered_more_than_he_has_room_for() {
        ready("anna");

        assertThat(IntStream.range(0, 4).mapToObj(i -> proposals(enter("c" + i, 0))))
                .containsExactly(List.of("c0 to anna"), List.of("c1 to anna"), List.of(), List.of());
        assertThat(router.free("anna", Cost.Pool.INTERRUPTIBLE)).isEqualTo(32);
    }

    @Test
    void voice_and_the_interruptible_pool_do_not_touch_each_other() {
        ready("anna");
        enter("chat", 0);
        enter("other", 0);

        assertThat(proposals(enter(item("call", 0, "support", "", "voice")))).containsExactly("call to anna");
        assertThat(proposals(enter(item("call2", 0, "support", "", "voice")))).isEmpty();
    }

    @Test
    void capacity_lowered_below_load_is_legal_and_offers_nothing_until_it_fits_again() {
        ready("anna");
        enter("one", 0);
        enter("two", 0);
        accept("one");
        accept("two");
        reportOne("anna");
        enter("three", 0);

        assertThat(router.free("anna", Cost.Pool.INTERRUPTIBLE)).isEqualTo(-34);
        assertThat(proposals(release("one"))).isEmpty();
        assertThat(proposals(release("two"))).containsExactly("three to anna");
    }

    @Test
    void who_rejected_is_not_asked_again_until_the_cool_down_ends_and_the_key_stays() {
        reportOne("anna");
        enter("old", 0);
        enter("new", 1);

        assertThat(proposals(returned("old", Reason.REJECTED))).containsExactly("new to anna");
        assertThat(proposals(returned("new", Reason.RESCINDED))).containsExactly("new to anna");
        accept("new");
        release("new");
        later(60);
        assertThat(proposals(tick())).containsExactly("old to anna");
    }

    @Test
    void another_agent_has_what_the_first_did_not_take_in_time_and_the_record_says_who_was_excluded() {
        reportOne("anna");
        later(1);
        reportOne("ben");
        enter("one", 0);

        var decision = proposal(returned("one", Reason.TIMED_OUT)).decision();

        assertThat(decision.winner()).isEqualTo("ben");
        assertThat(decision.excluded())
                .extracting(e -> e.agent() + " " + e.reason())
                .containsExactly("anna TIMED_OUT");
    }

    @Test
    void of_accept_timeout_and_leave_the_first_wins_and_the_others_change_nothing_and_say_why() {
        ready("anna");
        enter("one", 0);
        accept("one");

        assertThat(returned("one", Reason.TIMED_OUT)).containsExactly(ignored("one", Output.Reason.ACCEPTED));
        assertThat(leave("one")).containsExactly(ignored("one", Output.Reason.UNKNOWN));
        assertThat(accept("one")).containsExactly(ignored("one", Output.Reason.ACCEPTED));
        release("one");
        assertThat(release("one")).containsExactly(ignored("one", Output.Reason.UNKNOWN));
        assertThat(router.free("anna", Cost.Pool.INTERRUPTIBLE)).isEqualTo(100);
    }

    @Test
    void what_is_said_of_an_earlier_epoch_changes_nothing() {
        ready("anna");
        enter("one", 0);
        var later = with(item("one", 0, "support", ""), 9);
        apply(new Command.Enter(now(), later));

        assertThat(accept("one")).containsExactly(ignored("one", Output.Reason.STALE));
        assertThat(leave("one")).containsExactly(ignored("one", Output.Reason.STALE));
        assertThat(apply(new Command.Enter(now(), later)))
                .containsExactly(new Ignored("one", 9, Output.Reason.PROPOSED));
    }

    @Test
    void a_proposal_of_which_nothing_is_heard_goes_to_another_agent() {
        ready("anna");
        later(1);
        ready("ben");
        enter("one", 0);
        later(36);

        var out = tick();

        assertThat(out.getFirst()).isEqualTo(new Unanswered("one", 1, "anna"));
        assertThat(proposals(out)).containsExactly("one to ben");
    }

    @Test
    void a_step_relaxes_in_its_time_without_being_told_and_the_last_one_overflows() {
        ready("anna");
        enter(item("hard", 0, "experts", ""));

        assertThat(router.due()).contains(start.plusSeconds(30));
        later(30);
        assertThat(tick()).isEmpty();
        later(60);
        var out = tick();
        assertThat(out.getFirst()).isEqualTo(new Overflowed("hard", 1, "experts", "support"));
        assertThat(proposals(out)).containsExactly("hard to anna");
    }

    @Test
    void a_skill_that_nobody_has_waits_for_its_step_and_then_finds_somebody() {
        apply(new Command.Report(now(), expert("anna", 1)));
        enter(item("hard", 0, "experts", ""));
        later(30);

        var decision = proposal(tick()).decision();

        assertThat(decision.step()).isEqualTo(1);
        assertThat(decision.asked()).isEqualTo("tax>=1 queue:experts>=1");
    }

    @Test
    void the_last_agent_is_waited_for_while_he_is_there_and_only_so_long() {
        report("anna", PAUSED);
        ready("ben");
        enter(pinned("one", "anna", false));

        assertThat(router.figures()).extracting(Router.Figures::pinned).containsExactly(0, 1);
        assertThat(proposals(report("anna", OFF))).containsExactly("one to ben");
        report("carl", PAUSED);
        assertThat(proposals(enter(pinned("two", "carl", false)))).isEmpty();
        later(20);
        assertThat(proposals(tick())).containsExactly("two to ben");
    }

    @Test
    void whom_somebody_named_is_waited_for_even_while_he_is_off_but_not_once_he_refused() {
        ready("ben");
        assertThat(proposals(enter(pinned("one", "anna", true)))).isEmpty();
        assertThat(proposals(ready("anna"))).containsExactly("one to anna");

        assertThat(proposals(returned("one", Reason.REFUSED))).containsExactly("one to ben");
    }

    @Test
    void what_an_agent_holds_by_his_own_books_counts_once_with_what_the_router_knows() {
        ready("anna");
        enter("one", 0);
        var cost = new Cost(Cost.Pool.INTERRUPTIBLE, 34);
        var held = List.of(new Held("one", 1, cost), new Held("before-the-restart", 4, cost));

        apply(new Command.Report(now(), worker("anna", 100, READY, held)));

        assertThat(router.free("anna", Cost.Pool.INTERRUPTIBLE)).isEqualTo(32);
    }

    @Test
    void an_agent_deleted_while_assigned_is_forgotten_with_his_last_assignment() {
        ready("anna");
        enter("one", 0);
        accept("one");
        apply(new Command.Forget(now(), "anna"));

        assertThat(release("one")).isEmpty();
        assertThat(apply(new Command.Forget(now(), "anna"))).hasSize(1);
        assertThat(proposals(enter("two", 0))).isEmpty();
    }

    @Test
    void a_clock_set_back_changes_nothing() {
        ready("anna");
        later(100);
        enter("one", 0);

        var out = apply(new Command.Tick(start));

        assertThat(out).isEmpty();
        assertThat(router.due()).contains(start.plusSeconds(135));
    }
}
