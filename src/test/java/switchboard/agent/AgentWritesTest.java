package switchboard.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.agent.AgentHouse.NOON;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.Test;
import switchboard.agent.Agent.Command;
import switchboard.agent.Agent.Counted;
import switchboard.agent.Agent.Following;
import switchboard.agent.Agent.Presence;
import switchboard.agent.Agent.Standing;
import switchboard.agent.Agent.View;
import switchboard.agent.Profile.Capacity;
import switchboard.agent.Profile.Pool;
import switchboard.log.Entry;
import switchboard.log.Pen;
import switchboard.wire.Personal;

/** What late writes, and writes of which nobody knows, must not do to an agent. */
class AgentWritesTest extends AgentFixture {

    @Test
    void a_hold_of_unknown_outcome_is_written_once_more_before_anything_else() {
        var first = actors.spawn(AgentEntity.create("local", id, shard.ref(), house.ports()));
        this.<View>tell(first, r -> new Agent.Put(SUE, new Personal("Anna"), PROFILE, r));
        this.<Following>tell(first, r -> new Agent.Connected("one", browser.ref(), r));
        this.<View>tell(first, r -> new Agent.Say(ANNA, Presence.AVAILABLE, r));
        agent.persistenceTestKit().failNextPersisted(pid);
        first.tell(hold(actors.<StatusReply<Counted>>createTestProbe().ref()));
        actors.createTestProbe().expectTerminated(first);

        var next = actors.spawn(AgentEntity.create("local", id, shard.ref(), house.ports()));
        var again = this.<Counted>tell(next, this::hold);
        var seen = this.<View>tell(next, Agent.Look::new);

        assertThat(again).isEqualTo(StatusReply.success(new Counted(3)));
        assertThat(seen.getValue().load()).isEqualTo(new Capacity(0, 34));
        assertThat(types()).containsExactly("agent.created", "presence.changed", "hold.granted");
        assertThat(house.unconfirmed.has(pid)).isFalse();
        assertChain();
        actors.stop(next);
    }

    @Test
    void a_hold_of_unknown_outcome_that_did_come_is_not_written_again() {
        ready();
        hold("c1.1");
        house.unconfirmed.writing(pid, List.of(entries().getLast()));
        house.standings.put("c1.1", Standing.OFFERED);

        agent.restart();

        assertThat(hold("c1.1").isSuccess()).isTrue();
        assertThat(types().stream().filter("hold.granted"::equals)).hasSize(1);
    }

    @Test
    void a_late_offer_beside_what_was_acknowledged_takes_no_units_and_can_be_held_again() {
        ready();
        var late = late("hold.granted", Map.of("reservation", "c1.1", "pool", "chat", "units", 34, "deadline", ""));
        hold("c2.1");
        house.rows.put(late.seq(), List.of(entries().getLast(), late));
        house.standings.put("c2.1", Standing.OFFERED);

        agent.restart();
        connect("one", browser.ref());

        assertThat(state().work().held()).containsOnlyKeys("c2.1");
        assertThat(hold("c1.1").isSuccess()).isTrue();
        assertThat(state().work().load()).isEqualTo(new Capacity(0, 68));
        assertChain();
    }

    @Test
    void a_name_in_a_late_write_is_erased_with_the_rest() {
        put(PROFILE);
        var key = house.next("local").orElseThrow();
        var sealed = key.seal(new byte[2], pid, 2);
        var late = late("agent.changed", Map.of("by", "sue", "named", "", "capacity", Map.of(), "sealed", sealed));
        say(Presence.BUSY);
        house.rows.put(late.seq(), List.of(entries().getLast(), late));
        agent.restart();
        assertThat(look().getValue().profile()).isEqualTo(PROFILE);
        assertThat(house.keys).hasSize(2);

        delete();
        look();

        assertThat(house.keys).isEmpty();
    }

    @Test
    void a_write_that_fails_is_not_answered_and_its_repeat_counts_once() {
        look(); // the fixture's own has begun, and finds nothing that the other leaves behind
        var first = actors.spawn(AgentEntity.create("local", id, shard.ref(), house.ports()));
        var probe = actors.<StatusReply<View>>createTestProbe();
        agent.persistenceTestKit().failNextPersisted(pid);
        first.tell(new Agent.Put(SUE, new Personal("Anna"), PROFILE, probe.ref()));
        probe.expectTerminated(first);
        house.unconfirmed.confirmed(pid);

        var next = actors.spawn(AgentEntity.create("local", id, shard.ref(), house.ports()));
        var again = this.<View>tell(next, r -> new Agent.Put(SUE, new Personal("Anna"), PROFILE, r));

        assertThat(again.getValue().seq()).isEqualTo(1);
        assertThat(types()).containsExactly("agent.created");
        actors.stop(next);
    }

    private Command hold(ActorRef<StatusReply<Counted>> replyTo) {
        return new Agent.Hold("c1.1", Pool.CHAT, 34, NOON.plusSeconds(20), replyTo);
    }

    /** The entry that an earlier incarnation would have written as the next number, had its write come in time. */
    private Entry late(String type, Map<String, Object> data) {
        return new Pen(AgentHouse.KEYS, 1).write(agent.getState().head(), type, NOON, 0, data);
    }

    private <T> StatusReply<T> tell(ActorRef<Command> to, Function<ActorRef<StatusReply<T>>, Command> command) {
        var probe = actors.<StatusReply<T>>createTestProbe();
        to.tell(command.apply(probe.ref()));
        return probe.receiveMessage();
    }
}
