package switchboard.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.agent.AgentHouse.GRACE;
import static switchboard.agent.AgentHouse.NOON;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import switchboard.agent.Agent.Outcome;
import switchboard.agent.Agent.Presence;
import switchboard.agent.Agent.Standing;
import switchboard.agent.Profile.Capacity;
import switchboard.agent.Work.Stage;
import switchboard.wire.Refusal;

/** Killed before, between and after each write: nothing is lost, doubled or stuck. */
class AgentDeathsTest extends AgentFixture {

    @Test
    void a_hold_that_was_granted_but_not_answered_is_granted_again_and_takes_its_units_once() {
        ready();
        hold("c1.1");
        house.standings.put("c1.1", Standing.OFFERED);

        agent.restart();

        assertThat(hold("c1.1").isSuccess()).isTrue();
        assertThat(state().work().load()).isEqualTo(new Capacity(0, 34));
    }

    @Test
    void a_hold_whose_reservation_never_came_to_be_is_asked_for_and_released() {
        ready();
        hold("c1.1");
        house.standings.put("c1.1", Standing.NOT_YOURS);

        passes(Duration.ofSeconds(24));
        assertThat(house.asked).isEmpty();
        passes(Duration.ofSeconds(1));

        assertThat(house.asked).containsExactly("STANDS c1.1");
        assertThat(state().work().load()).isEqualTo(Capacity.NONE);
        assertThat(state().duty().responding()).isTrue();
    }

    @Test
    void a_hold_whose_conversation_does_not_answer_is_kept_and_asked_for_again() {
        ready();
        hold("c1.1");
        passes(Duration.ofSeconds(25));
        assertThat(state().work().held()).containsOnlyKeys("c1.1");

        house.standings.put("c1.1", Standing.NOT_YOURS);
        passes(Alarms.PATIENCE);

        assertThat(house.asked).hasSize(2);
        assertThat(state().work().held()).isEmpty();
    }

    @Test
    void after_a_restart_each_hold_is_asked_for_at_once() {
        ready();
        hold("c1.1");
        hold("c2.1");
        accept("c2.1");
        house.standings.put("c1.1", Standing.ASSIGNED);
        house.standings.put("c2.1", Standing.WRAP_UP);

        agent.restart();
        look();

        assertThat(house.asked).containsExactly("STANDS c1.1", "STANDS c2.1");
        assertThat(state().work().find("c1.1").orElseThrow().stage()).isEqualTo(Stage.WORKING);
        assertThat(state().work().find("c2.1").orElseThrow().stage()).isEqualTo(Stage.WRAP_UP);
    }

    @Test
    void an_offer_that_stands_after_a_restart_is_asked_for_again_once_its_time_is_over() {
        ready();
        hold("c1.1");
        house.standings.put("c1.1", Standing.OFFERED);
        agent.restart();
        connect("one", browser.ref());

        house.standings.put("c1.1", Standing.NOT_YOURS);
        passes(Duration.ofSeconds(25));

        assertThat(house.asked).containsExactly("STANDS c1.1", "STANDS c1.1");
        assertThat(state().work().held()).isEmpty();
    }

    @Test
    void an_end_told_twice_over_a_restart_gives_units_back_once() {
        ready();
        hold("c1.1");
        end("c1.1", Outcome.TIMED_OUT);

        agent.restart();

        assertThat(end("c1.1", Outcome.TIMED_OUT).isSuccess()).isTrue();
        assertThat(state().duty().chats()).isEqualTo(1);
        assertThat(state().work().load()).isEqualTo(Capacity.NONE);
    }

    @Test
    void a_late_twin_of_an_ended_offer_takes_nothing_over_a_restart() {
        ready();
        hold("c1.1");
        end("c1.1", Outcome.RESCINDED);

        agent.restart();
        connect("one", browser.ref());

        assertThat(hold("c1.1")).isEqualTo(Refusal.RESERVATION_OVER.reply());
    }

    @Test
    void after_a_restart_she_has_the_grace_to_come_back_and_nothing_is_offered_meanwhile() {
        ready();

        agent.restart();
        assertThat(look().getValue().presence()).isEqualTo(Presence.AVAILABLE);
        assertThat(hold("c1.1")).isEqualTo(Refusal.AGENT_DISCONNECTED.reply());

        connect("one", browser.ref());
        passes(GRACE.multipliedBy(2));
        assertThat(hold("c1.1").isSuccess()).isTrue();
    }

    @Test
    void one_who_does_not_come_back_after_a_restart_loses_her_lease_and_then_her_chats() {
        ready();
        hold("c1.1");
        accept("c1.1");
        house.standings.put("c1.1", Standing.ASSIGNED);
        agent.restart();

        passes(GRACE);
        assertThat(types()).endsWith("lease.lost");
        house.standings.put("c1.1", Standing.NOT_YOURS);
        passes(GRACE);

        assertThat(house.asked).endsWith("REQUEUE c1.1");
        assertThat(state().work().held()).isEmpty();
    }

    @Test
    void killed_between_the_lost_lease_and_the_rescinding_it_is_rescinded_on_recovery() {
        ready();
        holdForLong("c1.1");
        disconnect("one", browser.ref());
        passes(GRACE);
        house.asked.clear();
        house.standings.put("c1.1", Standing.NOT_YOURS);

        agent.restart();
        look();

        assertThat(house.asked).containsExactly("RESCIND c1.1");
        assertThat(state().work().held()).isEmpty();
    }

    @Test
    void killed_between_the_lost_lease_and_the_second_grace_that_grace_begins_anew() {
        ready();
        hold("c1.1");
        accept("c1.1");
        house.standings.put("c1.1", Standing.ASSIGNED);
        disconnect("one", browser.ref());
        passes(GRACE);

        agent.restart();
        passes(GRACE.minusSeconds(1));
        assertThat(house.asked).doesNotContain("REQUEUE c1.1");
        passes(Duration.ofSeconds(1));

        assertThat(house.asked).endsWith("REQUEUE c1.1");
    }

    @Test
    void one_who_says_that_she_is_there_is_woken_after_a_crash_without_anybody_asking() {
        ready();
        look();
        assertThat(house.debts).containsKey(pid);

        agent.runCommand(new Agent.Wake());
        look();
        assertThat(house.debts).containsEntry(pid, NOON.plus(Alarms.ROUND));

        say(Presence.OFFLINE);
        look();
        assertThat(house.debts).isEmpty();
    }

    @Test
    void an_offer_is_looked_after_by_the_monotonic_clock_when_the_wall_s_steps_back() {
        ready();
        hold("c1.1");
        house.standings.put("c1.1", Standing.NOT_YOURS);
        house.now = NOON.minusSeconds(7200);

        time.timePasses(Duration.ofSeconds(25));
        look();

        assertThat(state().work().held()).isEmpty();
        assertChain();
    }

    @Test
    void a_name_whose_key_was_not_deleted_yet_is_erased_after_the_restart() {
        put(PROFILE);
        delete();
        house.keys.put(
                state().keys().erased().isEmpty() ? "x" : "y", new switchboard.log.DataKey(new byte[12], new byte[32]));

        agent.restart();
        agent.runCommand(new Agent.Wake());
        look();

        assertThat(house.keys).containsOnlyKeys("x");
        assertThat(house.debts).isEmpty();
    }
}
