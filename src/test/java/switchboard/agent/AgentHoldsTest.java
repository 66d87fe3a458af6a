package switchboard.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import switchboard.agent.Agent.Outcome;
import switchboard.agent.Agent.Presence;
import switchboard.agent.Agent.Routing;
import switchboard.agent.Profile.Capacity;
import switchboard.agent.Profile.Pool;
import switchboard.wire.Refusal;

/** Capacity has one writer: what takes units, what gives them back, and what is refused for which reason. */
class AgentHoldsTest extends AgentFixture {

    @Test
    void units_are_taken_until_they_are_used_up_each_pool_by_itself() {
        ready();

        assertThat(hold("c1.1").isSuccess()).isTrue();
        assertThat(hold("c2.1").isSuccess()).isTrue();
        assertThat(hold("c3.1")).isEqualTo(Refusal.AGENT_FULL.reply());
        assertThat(hold("c4.1", Pool.CHAT, 10).isSuccess()).isTrue();
        assertThat(hold("c5.1", Pool.VOICE, 100).isSuccess()).isTrue();
        assertThat(hold("c6.1", Pool.VOICE, 100)).isEqualTo(Refusal.AGENT_FULL.reply());
        assertThat(state().work().load()).isEqualTo(new Capacity(100, 78));
    }

    @Test
    void the_same_hold_again_takes_nothing_and_is_answered_alike() {
        ready();
        hold("c1.1");

        assertThat(hold("c1.1").isSuccess()).isTrue();
        accept("c1.1");
        assertThat(hold("c1.1").isSuccess()).isTrue();

        assertThat(state().work().load()).isEqualTo(new Capacity(0, 34));
    }

    @Test
    void nothing_is_held_of_one_who_is_not_ready_and_the_reason_is_named() {
        put(PROFILE);
        assertThat(hold("c1.1")).isEqualTo(Refusal.AGENT_NOT_AVAILABLE.reply());
        say(Presence.AVAILABLE);
        assertThat(hold("c1.1")).isEqualTo(Refusal.AGENT_DISCONNECTED.reply());
        connect("one", browser.ref());
        say(Presence.BUSY);
        assertThat(hold("c1.1")).isEqualTo(Refusal.AGENT_NOT_AVAILABLE.reply());

        say(Presence.AVAILABLE);
        assertThat(hold("c1.1").isSuccess()).isTrue();
    }

    @Test
    void an_offer_whose_time_is_over_takes_nothing() {
        ready();

        assertThat(this.<Agent.Counted>ask(r -> new Agent.Hold("c1.1", Pool.CHAT, 34, house.now, r)))
                .isEqualTo(Refusal.RESERVATION_OVER.reply());
    }

    @Test
    void a_late_twin_of_an_offer_that_has_ended_takes_nothing() {
        ready();
        hold("c1.1");
        end("c1.1", Outcome.REJECTED);

        assertThat(hold("c1.1")).isEqualTo(Refusal.RESERVATION_OVER.reply());
        assertThat(state().work().load()).isEqualTo(Capacity.NONE);
    }

    @Test
    void an_end_told_twice_gives_units_back_once() {
        ready();
        hold("c1.1");
        hold("c2.1");
        end("c1.1", Outcome.RESCINDED);
        var seq = state().work().load();

        assertThat(end("c1.1", Outcome.RESCINDED).isSuccess()).isTrue();
        assertThat(end("c1.1", Outcome.TIMED_OUT).isSuccess()).isTrue();

        assertThat(state().work().load()).isEqualTo(seq).isEqualTo(new Capacity(0, 34));
        assertThat(types().stream().filter("hold.ended"::equals)).hasSize(1);
    }

    @Test
    void an_accept_told_twice_or_after_the_end_counts_once() {
        ready();
        hold("c1.1");
        accept("c1.1");
        accept("c1.1");
        end("c1.1", Outcome.RELEASED);

        assertThat(accept("c1.1").isSuccess()).isTrue();

        assertThat(types().stream().filter("hold.accepted"::equals)).hasSize(1);
        assertThat(state().work().load()).isEqualTo(Capacity.NONE);
    }

    @Test
    void what_a_supervisor_gave_her_counts_also_beyond_her_capacity() {
        ready();
        hold("c1.1");
        hold("c2.1");

        assertThat(accept("c3.4").isSuccess()).isTrue();

        assertThat(state().work().load()).isEqualTo(new Capacity(0, 102));
        assertThat(hold("c4.1", Pool.CHAT, 1)).isEqualTo(Refusal.AGENT_FULL.reply());
    }

    @Test
    void capacity_lowered_below_load_takes_nothing_away_and_lets_nothing_in() {
        ready();
        hold("c1.1");
        accept("c1.1");
        hold("c2.1");

        put(new Profile(PROFILE.languages(), PROFILE.skills(), PROFILE.queues(), new Capacity(0, 34)));

        assertThat(state().work().load()).isEqualTo(new Capacity(0, 68));
        assertThat(accept("c2.1").isSuccess()).isTrue();
        assertThat(hold("c3.1", Pool.CHAT, 1)).isEqualTo(Refusal.AGENT_FULL.reply());
        end("c1.1", Outcome.RELEASED);
        assertThat(hold("c3.1", Pool.CHAT, 1)).isEqualTo(Refusal.AGENT_FULL.reply());
        end("c2.1", Outcome.RELEASED);
        assertThat(hold("c3.1").isSuccess()).isTrue();
    }

    @Test
    void a_wrap_up_keeps_the_units() {
        ready();
        hold("c1.1");
        accept("c1.1");

        wrapUp("c1.1");
        wrapUp("c1.1");

        assertThat(state().work().load()).isEqualTo(new Capacity(0, 34));
        assertThat(types().stream().filter("wrapup.started"::equals)).hasSize(1);
    }

    @Test
    void one_missed_call_makes_her_not_responding_and_available_again_clears_it() {
        ready();
        hold("c1.1", Pool.VOICE, 100);

        end("c1.1", Outcome.TIMED_OUT);

        assertThat(look().getValue().routing()).isEqualTo(Routing.NOT_RESPONDING);
        assertThat(hold("c2.1")).isEqualTo(Refusal.AGENT_NOT_RESPONDING.reply());
        assertThat(say(Presence.AVAILABLE).getValue().routing()).isEqualTo(Routing.READY);
        assertThat(hold("c2.1").isSuccess()).isTrue();
    }

    @Test
    void two_missed_chats_in_a_row_make_her_not_responding_but_not_with_one_taken_between() {
        ready();
        for (var reservation : List.of("c1.1", "c2.1", "c3.1")) {
            hold(reservation);
            end(reservation, reservation.equals("c2.1") ? Outcome.RELEASED : Outcome.TIMED_OUT);
            if (reservation.equals("c1.1")) {
                hold("c9.1");
                accept("c9.1");
            }
        }
        assertThat(state().duty().responding()).isTrue();

        hold("c4.1");
        end("c4.1", Outcome.TIMED_OUT);

        assertThat(state().duty().responding()).isFalse();
        assertThat(types()).endsWith("hold.ended", "not_responding.set");
    }

    @Test
    void a_rejected_or_rescinded_offer_is_not_a_missed_one() {
        ready();
        for (int i = 0; i < 3; i++) {
            hold("c%d.1".formatted(i), Pool.VOICE, 100);
            end("c%d.1".formatted(i), i == 0 ? Outcome.RESCINDED : Outcome.REJECTED);
        }

        assertThat(state().duty().responding()).isTrue();
    }

    @Test
    void what_has_ended_is_not_remembered_for_ever() {
        ready();
        for (int i = 0; i < 5; i++) {
            hold("c%d.1".formatted(i));
            end("c%d.1".formatted(i), Outcome.REJECTED);
            passes(Duration.ofMinutes(6));
        }

        assertThat(state().work().over().size()).isLessThanOrEqualTo(3);
    }
}
