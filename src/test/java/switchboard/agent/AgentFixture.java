package switchboard.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.agent.AgentHouse.NOON;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import switchboard.agent.Agent.Command;
import switchboard.agent.Agent.Counted;
import switchboard.agent.Agent.Order;
import switchboard.agent.Agent.Outcome;
import switchboard.agent.Agent.Presence;
import switchboard.agent.Agent.View;
import switchboard.agent.Profile.Capacity;
import switchboard.agent.Profile.Pool;
import switchboard.agent.Profile.Skill;
import switchboard.log.Chain;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.scribe.Told;
import switchboard.wire.Personal;

/** An agent on a node in memory, the ways to bring her into each state, and what may be asked of her. */
class AgentFixture {

    static final ActorTestKit actors = ActorTestKit.create(AgentHouse.config());
    static final ManualTime time = ManualTime.get(actors.system());
    private static final AtomicInteger AGENTS = new AtomicInteger();
    static final Order SUE = new Order("sue", false, -1);
    static final Order ANNA = new Order("anna", true, -1);
    static final Profile PROFILE = new Profile(
            List.of("de", "en"), List.of(new Skill("billing", 3)), List.of("support"), new Capacity(100, 100));

    /** Her own in each test: timers of others still run. */
    final String id = "anna-" + AGENTS.incrementAndGet();

    final String pid = "Agent|local:" + id;
    final AgentHouse house = new AgentHouse();
    final TestProbe<ClusterSharding.ShardCommand> shard = actors.createTestProbe();
    final TestProbe<Told> browser = actors.createTestProbe();
    final EventSourcedBehaviorTestKit<Command, Entry, AgentBook> agent = EventSourcedBehaviorTestKit.create(
            actors.system(),
            AgentEntity.create("local", id, shard.ref(), house.ports()),
            EventSourcedBehaviorTestKit.disabledSerializationSettings());

    /** Created, connected and available. */
    void ready() {
        put(PROFILE);
        connect("one", browser.ref());
        say(Presence.AVAILABLE);
    }

    StatusReply<View> put(Profile profile) {
        return put(SUE, "Anna Musterfrau", profile);
    }

    StatusReply<View> put(Order order, String name, Profile profile) {
        return ask(r -> new Agent.Put(order, new Personal(name), profile, r));
    }

    StatusReply<View> say(Presence presence) {
        return ask(r -> new Agent.Say(ANNA, presence, r));
    }

    StatusReply<View> delete() {
        return ask(r -> new Agent.Delete(SUE, r));
    }

    StatusReply<View> look() {
        return ask(Agent.Look::new);
    }

    StatusReply<Agent.Following> connect(String connection, ActorRef<Told> stream) {
        return ask(r -> new Agent.Connected(connection, stream, r));
    }

    void disconnect(String connection, ActorRef<Told> stream) {
        agent.runCommand(new Agent.Disconnected(connection, stream));
    }

    /** A chat, to be accepted within 20 s. */
    StatusReply<Counted> hold(String reservation) {
        return hold(reservation, Pool.CHAT, 34);
    }

    StatusReply<Counted> hold(String reservation, Pool pool, int units) {
        return ask(r -> new Agent.Hold(reservation, pool, units, house.now.plusSeconds(20), r));
    }

    /** A chat that she has all the time to accept. */
    StatusReply<Counted> holdForLong(String reservation) {
        return ask(r -> new Agent.Hold(reservation, Pool.CHAT, 34, house.now.plusSeconds(300), r));
    }

    StatusReply<Counted> accept(String reservation) {
        return ask(r -> new Agent.Accept(reservation, Pool.CHAT, 34, r));
    }

    StatusReply<Counted> wrapUp(String reservation) {
        return ask(r -> new Agent.WrapUp(reservation, r));
    }

    StatusReply<Counted> end(String reservation, Outcome outcome) {
        return ask(r -> new Agent.End(reservation, outcome, r));
    }

    <T> StatusReply<T> ask(Function<ActorRef<StatusReply<T>>, Command> command) {
        return agent.<StatusReply<T>>runCommand(command).reply();
    }

    /** By the monotonic clock and the wall's; what timers led to has been done. */
    void passes(Duration duration) {
        house.now = house.now.plus(duration);
        time.timePasses(duration);
        look();
    }

    AgentState state() {
        return agent.getState().state();
    }

    List<Entry> entries() {
        return agent.persistenceTestKit().persistedInStorage(pid).stream()
                .map(Entry.class::cast)
                .toList();
    }

    List<String> types() {
        return entries().stream().map(Entry::type).toList();
    }

    /** One chain from genesis, genuine, times in order. */
    void assertChain() {
        var standing = new ArrayList<Entry>();
        var chain = Chain.standing(Head.of(pid), standing::add);
        entries().forEach(e -> chain.add(e.seq(), e));
        chain.finish();
        assertThat(standing).isEqualTo(entries()).allMatch(e -> e.genuine(AgentHouse.KEYS));
        assertThat(standing).extracting(Entry::at).isSorted().allMatch(at -> !at.isBefore(NOON));
    }
}
