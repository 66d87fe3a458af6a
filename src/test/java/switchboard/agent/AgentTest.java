package switchboard.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.agent.AgentHouse.NOON;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.Test;
import switchboard.agent.Agent.Order;
import switchboard.agent.Agent.Outcome;
import switchboard.agent.Agent.Presence;
import switchboard.agent.Agent.Routing;
import switchboard.agent.Profile.Capacity;
import switchboard.agent.Profile.Pool;
import switchboard.agent.Profile.Skill;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.wire.Refusal;

class AgentTest extends AgentFixture {

    @Test
    void one_who_was_never_created_is_not_found_and_not_kept() {
        assertThat(look()).isEqualTo(Refusal.NOT_FOUND.reply());
        assertThat(say(Presence.AVAILABLE)).isEqualTo(Refusal.NOT_FOUND.reply());
        assertThat(hold("c1.1")).isEqualTo(Refusal.NOT_FOUND.reply());
        assertThat(accept("c1.1")).isEqualTo(Refusal.NOT_FOUND.reply());

        shard.expectMessageClass(ClusterSharding.Passivate.class);
        assertThat(entries()).isEmpty();
    }

    @Test
    void what_she_can_do_is_as_it_was_put_also_after_a_restart() {
        var put = put(PROFILE).getValue();

        agent.restart();

        assertThat(put.profile()).isEqualTo(PROFILE);
        assertThat(put.presence()).isEqualTo(Presence.OFFLINE);
        assertThat(put.routing()).isEqualTo(Routing.OFF);
        assertThat(look().getValue()).isEqualTo(put);
        assertChain();
    }

    @Test
    void the_same_put_again_writes_nothing_whatever_is_expected() {
        put(PROFILE);

        var again = put(new Order("sue", false, 99), "Anna Musterfrau", PROFILE);

        assertThat(again.getValue().seq()).isEqualTo(1);
    }

    @Test
    void a_change_of_another_number_than_the_present_one_is_refused() {
        put(PROFILE);

        var stale = put(new Order("sue", false, 99), "Anna Muster", PROFILE);

        assertThat(stale).isEqualTo(Refusal.PRECONDITION_FAILED.reply());
        assertThat(put(new Order("sue", false, 1), "Anna Muster", PROFILE)
                        .getValue()
                        .seq())
                .isEqualTo(2);
    }

    @Test
    void her_name_is_sealed_and_bound_to_its_place() {
        put(PROFILE);

        var view = look().getValue();

        assertThat(new String(entries().getFirst().bytes(), UTF_8)).doesNotContain("Anna", "Musterfrau");
        var key = requireNonNull(house.keys.get(DataKey.idOf(view.name())));
        assertThat(new String(key.open(view.name(), pid, view.nameSeq()).orElseThrow(), UTF_8))
                .isEqualTo("{\"name\":\"Anna Musterfrau\"}");
    }

    @Test
    void she_may_change_her_name_and_languages_but_not_what_she_gets_to_do() {
        put(PROFILE);
        var more = new Profile(
                PROFILE.languages(), List.of(new Skill("billing", 5)), PROFILE.queues(), new Capacity(200, 200));
        var spanish = new Profile(List.of("es"), PROFILE.skills(), PROFILE.queues(), PROFILE.capacity());

        assertThat(put(ANNA, "Anna", more)).isEqualTo(Refusal.SUPERVISOR_ONLY.reply());
        assertThat(put(ANNA, "Anna", spanish).getValue().profile()).isEqualTo(spanish);
    }

    @Test
    void nobody_creates_herself() {
        assertThat(put(ANNA, "Anna", PROFILE)).isEqualTo(Refusal.SUPERVISOR_ONLY.reply());
    }

    @Test
    void she_is_ready_when_she_is_available_and_a_stream_of_hers_is_up() {
        put(PROFILE);
        say(Presence.AVAILABLE);
        assertThat(look().getValue().routing()).isEqualTo(Routing.OFF);

        connect("one", browser.ref());

        assertThat(look().getValue().routing()).isEqualTo(Routing.READY);
        assertThat(look().getValue().offers()).isTrue();
        assertThat(say(Presence.BUSY).getValue().routing()).isEqualTo(Routing.OFF);
        assertThat(say(Presence.AWAY).getValue().offers()).isFalse();
    }

    @Test
    void the_status_says_what_she_does() {
        ready();

        hold("c1.1");
        assertThat(look().getValue().routing()).isEqualTo(Routing.RESERVED);
        accept("c1.1");
        assertThat(look().getValue().routing()).isEqualTo(Routing.WORKING);
        wrapUp("c1.1");
        assertThat(look().getValue().routing()).isEqualTo(Routing.WRAP_UP);
        assertThat(look().getValue().load()).isEqualTo(new Capacity(0, 34));
        end("c1.1", Outcome.RELEASED);
        assertThat(look().getValue().routing()).isEqualTo(Routing.READY);
        assertThat(look().getValue().load()).isEqualTo(Capacity.NONE);
    }

    @Test
    void presence_flapping_does_not_make_her_longer_idle_and_the_same_again_is_not_written() {
        ready();
        var free = look().getValue().freeSince();

        passes(Duration.ofSeconds(10));
        for (int i = 0; i < 3; i++) {
            say(Presence.AWAY);
            say(Presence.AWAY);
            say(Presence.AVAILABLE);
            say(Presence.AVAILABLE);
        }

        assertThat(look().getValue().freeSince()).isEqualTo(free);
        assertThat(types().stream().filter(t -> t.equals("presence.changed"))).hasSize(1 + 6);
    }

    @Test
    void idle_is_since_she_was_last_free_of_what_was_hers_not_since_an_offer_that_passed() {
        ready();
        passes(Duration.ofSeconds(10));
        hold("c1.1");
        end("c1.1", Outcome.REJECTED);
        assertThat(look().getValue().freeSince()).isEqualTo(NOON);

        hold("c2.1");
        accept("c2.1");
        passes(Duration.ofSeconds(10));
        end("c2.1", Outcome.RELEASED);

        assertThat(look().getValue().freeSince()).isEqualTo(NOON.plusSeconds(20));
    }

    @Test
    void a_clock_that_steps_back_does_not_turn_her_history_around() {
        ready();
        house.now = NOON.minusSeconds(3600);

        say(Presence.BUSY);

        assertThat(entries()).extracting(Entry::at).containsOnly(NOON);
        assertChain();
    }

    @Test
    void one_who_is_deleted_is_not_found_and_her_name_is_erased() {
        ready();

        assertThat(delete().isSuccess()).isTrue();

        assertThat(look()).isEqualTo(Refusal.NOT_FOUND.reply());
        assertThat(say(Presence.AVAILABLE)).isEqualTo(Refusal.NOT_FOUND.reply());
        assertThat(hold("c1.1")).isEqualTo(Refusal.NOT_FOUND.reply());
        assertThat(house.keys).isEmpty();
        assertThat(house.told.getLast().deleted()).isTrue();
        assertThat(house.told.getLast().view().name()).isEmpty();
    }

    @Test
    void one_who_is_created_again_has_a_key_of_her_own_and_her_log_goes_on() {
        put(PROFILE);
        delete();

        var view = put(PROFILE).getValue();

        assertThat(view.seq()).isEqualTo(3);
        assertThat(types()).containsExactly("agent.created", "agent.deleted", "agent.created");
        assertThat(house.keys).hasSize(1);
        assertThat(view.name()).isNotEmpty();
        assertChain();
    }

    @Test
    void followers_are_told_where_she_stands_and_nothing_is_owed_of_one_who_is_off() {
        put(PROFILE);
        look();

        assertThat(house.told.getLast().view().seq()).isEqualTo(1);
        assertThat(house.debts).isEmpty();
    }

    @Test
    void what_followers_do_not_have_is_told_again_when_she_is_woken() {
        house.following = java.util.concurrent.CompletableFuture.failedFuture(new IllegalStateException("away"));
        put(PROFILE);
        assertThat(house.debts).containsKey(pid);

        house.following = java.util.concurrent.CompletableFuture.completedFuture(org.apache.pekko.Done.getInstance());
        agent.runCommand(new Agent.Wake());
        look();

        assertThat(house.told).hasSize(2);
        assertThat(house.debts).isEmpty();
    }

    @Test
    void a_folded_log_tells_followers_the_same_as_she_did() {
        ready();
        hold("c1.1");
        accept("c1.1");
        hold("c2.1", Pool.VOICE, 100);
        look();

        var replay = new Replay("local", id);
        entries().forEach(replay::add);

        assertThat(replay.facts()).isEqualTo(house.told.getLast());
    }
}
