package switchboard.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.agent.AgentHouse.GRACE;

import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.Test;
import switchboard.agent.Agent.Outcome;
import switchboard.agent.Agent.Presence;
import switchboard.agent.Agent.Routing;
import switchboard.agent.Agent.Standing;
import switchboard.agent.Profile.Pool;
import switchboard.agent.Work.Stage;
import switchboard.log.Entry;
import switchboard.scribe.Told;
import switchboard.wire.Refusal;

/** Presence lasts while a stream is up, and a little longer; then what she has goes back in order. */
class AgentLeaseTest extends AgentFixture {

    private final TestProbe<Told> other = actors.createTestProbe();

    @Test
    void a_stream_is_told_what_is_confirmed_from_then_on() {
        put(PROFILE);
        var following = connect("one", browser.ref()).getValue();

        say(Presence.AVAILABLE);

        assertThat(following.view().seq()).isEqualTo(1);
        var told = browser.receiveMessage().entries();
        assertThat(told).hasSize(1);
        assertThat(Entry.of(told.getFirst()).type()).isEqualTo("presence.changed");
    }

    @Test
    void within_the_grace_nothing_is_offered_and_nothing_is_lost() {
        ready();
        disconnect("one", browser.ref());

        assertThat(hold("c1.1")).isEqualTo(Refusal.AGENT_DISCONNECTED.reply());
        passes(GRACE.minusSeconds(1));
        connect("one", browser.ref());
        passes(GRACE);

        assertThat(types()).doesNotContain("lease.lost");
        assertThat(look().getValue().routing()).isEqualTo(Routing.READY);
    }

    @Test
    void one_agent_in_two_browsers_is_there_while_one_of_them_is() {
        ready();
        connect("two", other.ref());

        disconnect("one", browser.ref());
        passes(GRACE.multipliedBy(3));
        assertThat(look().getValue().offers()).isTrue();

        disconnect("two", other.ref());
        passes(GRACE);
        assertThat(look().getValue().presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void both_browsers_see_the_same() {
        ready();
        connect("two", other.ref());
        browser.receiveMessage();

        say(Presence.BUSY);

        assertThat(browser.receiveMessage().entries().getFirst())
                .isEqualTo(other.receiveMessage().entries().getFirst());
    }

    @Test
    void a_stream_that_was_taken_over_does_not_take_the_connection_with_it() {
        ready();
        connect("one", other.ref());

        disconnect("one", browser.ref());

        assertThat(look().getValue().offers()).isTrue();
    }

    @Test
    void a_stream_that_names_itself_anew_is_one_connection_and_is_told_once() {
        ready();
        disconnect("one", browser.ref());
        connect("one", browser.ref());
        connect("two", browser.ref());
        browser.receiveMessage();

        say(Presence.BUSY);
        disconnect("two", browser.ref());
        say(Presence.AVAILABLE);

        assertThat(browser.receiveMessage().entries()).hasSize(1);
        browser.expectNoMessage(Duration.ZERO);
        assertThat(look().getValue().offers()).isFalse();
    }

    @Test
    void a_stream_that_ends_without_a_word_counts_as_gone() {
        ready();

        browser.stop();

        actors.createTestProbe().awaitAssert(Duration.ofSeconds(30), () -> {
            assertThat(look().getValue().offers()).isFalse();
            return null;
        });
    }

    @Test
    void after_the_grace_presence_is_over_and_open_offers_are_rescinded() {
        ready();
        holdForLong("c1.1");
        house.standings.put("c1.1", Standing.NOT_YOURS);
        disconnect("one", browser.ref());

        passes(GRACE);

        assertThat(house.asked).containsExactly("RESCIND c1.1");
        assertThat(state().work().held()).isEmpty();
        assertThat(state().duty().presence()).isEqualTo(Presence.OFFLINE);
        assertThat(types()).endsWith("lease.lost", "hold.ended");
    }

    @Test
    void an_offer_that_could_not_be_rescinded_is_owed_until_it_is() {
        ready();
        holdForLong("c1.1");
        disconnect("one", browser.ref());
        passes(GRACE);
        assertThat(state().work().held()).containsOnlyKeys("c1.1");
        assertThat(house.debts).containsKey(pid);

        house.standings.put("c1.1", Standing.NOT_YOURS);
        passes(Alarms.PATIENCE);

        assertThat(state().work().held()).isEmpty();
    }

    @Test
    void an_offer_that_was_accepted_meanwhile_is_hers_and_not_rescinded() {
        ready();
        holdForLong("c1.1");
        house.standings.put("c1.1", Standing.ASSIGNED);
        disconnect("one", browser.ref());

        passes(GRACE);

        assertThat(state().work().find("c1.1").orElseThrow().stage()).isEqualTo(Stage.WORKING);
    }

    @Test
    void after_the_second_grace_chats_are_queued_again_and_calls_are_not() {
        ready();
        hold("c1.1");
        accept("c1.1");
        this.<Agent.Counted>ask(r -> new Agent.Accept("c2.1", Pool.VOICE, 100, r));
        house.standings.put("c1.1", Standing.NOT_YOURS);
        disconnect("one", browser.ref());

        passes(GRACE);
        assertThat(house.asked).isEmpty();
        passes(GRACE);

        assertThat(house.asked).containsExactly("REQUEUE c1.1");
        assertThat(state().work().held()).containsOnlyKeys("c2.1");
    }

    @Test
    void one_who_is_back_within_the_second_grace_keeps_what_she_has() {
        ready();
        hold("c1.1");
        accept("c1.1");
        disconnect("one", browser.ref());
        passes(GRACE);

        connect("one", browser.ref());
        passes(GRACE.multipliedBy(3));

        assertThat(house.asked).isEmpty();
        assertThat(state().work().held()).containsOnlyKeys("c1.1");
        assertThat(say(Presence.AVAILABLE).getValue().offers()).isTrue();
    }

    @Test
    void one_who_went_offline_with_work_in_hand_does_not_keep_it_without_a_stream() {
        ready();
        hold("c1.1");
        accept("c1.1");
        house.standings.put("c1.1", Standing.NOT_YOURS);
        say(Presence.OFFLINE);
        passes(GRACE.multipliedBy(3));
        assertThat(house.asked).isEmpty();

        disconnect("one", browser.ref());
        passes(GRACE);
        passes(GRACE);

        assertThat(house.asked).containsExactly("REQUEUE c1.1");
    }

    @Test
    void presence_flapping_without_a_stream_does_not_shorten_the_second_grace() {
        ready();
        hold("c1.1");
        accept("c1.1");
        disconnect("one", browser.ref());
        passes(GRACE);
        passes(GRACE.dividedBy(2));

        say(Presence.AVAILABLE);
        passes(GRACE);
        passes(GRACE.dividedBy(2));

        assertThat(types().stream().filter("lease.lost"::equals)).hasSize(2);
        assertThat(house.asked).isEmpty();
    }

    @Test
    void an_agent_deleted_while_assigned_loses_what_she_has_at_once() {
        ready();
        hold("c1.1");
        hold("c2.1");
        accept("c2.1");
        house.standings.put("c1.1", Standing.NOT_YOURS);
        house.standings.put("c2.1", Standing.NOT_YOURS);

        delete();
        look();

        assertThat(house.asked).containsExactly("RESCIND c1.1", "REQUEUE c2.1");
        assertThat(state().work().held()).isEmpty();
        assertThat(house.keys).isEmpty();
        assertThat(house.debts).isEmpty();
        assertChain();
    }

    @Test
    void an_agent_deleted_while_assigned_owes_it_until_conversations_have_it_back() {
        ready();
        hold("c1.1");
        accept("c1.1");

        delete();
        look();
        assertThat(house.debts).containsKey(pid);
        agent.restart();
        house.standings.put("c1.1", Standing.NOT_YOURS);
        agent.runCommand(new Agent.Wake());
        passes(Alarms.PATIENCE);

        assertThat(state().work().held()).isEmpty();
    }

    @Test
    void what_conversations_say_of_one_who_is_deleted_is_still_counted() {
        ready();
        hold("c1.1");
        delete();

        assertThat(accept("c1.1").isSuccess()).isTrue();
        assertThat(end("c1.1", Outcome.RELEASED).isSuccess()).isTrue();
        assertThat(accept("c2.1")).isEqualTo(Refusal.NOT_FOUND.reply());
        assertThat(state().work().held()).isEmpty();
    }
}
