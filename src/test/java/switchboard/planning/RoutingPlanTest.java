package switchboard.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.planning.PlanHouse.NOON;
import static switchboard.planning.PlanHouse.json;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import switchboard.log.Chain;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.planning.RoutingPlan.Adopt;
import switchboard.planning.RoutingPlan.Command;
import switchboard.planning.RoutingPlan.Follow;
import switchboard.planning.RoutingPlan.Look;
import switchboard.planning.RoutingPlan.Told;
import switchboard.planning.RoutingPlan.Version;
import switchboard.register.Latest;
import switchboard.wire.Refusal;

/** A tenant's plan: what is in force, whatever breaks. */
class RoutingPlanTest {

    private static final ActorTestKit actors = ActorTestKit.create(PlanHouse.config());
    private static final AtomicInteger TENANTS = new AtomicInteger();

    private final String tenant = "t" + TENANTS.incrementAndGet();
    private final String pid = "Plan|" + tenant;
    private final PlanHouse house = new PlanHouse();
    private final TestProbe<ClusterSharding.ShardCommand> shard = actors.createTestProbe();
    private final TestProbe<Told> node = actors.createTestProbe();
    private final EventSourcedBehaviorTestKit<Command, Entry, Latest<Version>> plan =
            EventSourcedBehaviorTestKit.create(
                    actors.system(),
                    RoutingPlan.create(tenant, shard.ref(), house.desk()),
                    EventSourcedBehaviorTestKit.disabledSerializationSettings());

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void until_one_is_adopted_the_built_in_plan_is_in_force_and_nothing_is_written() {
        assertThat(look()).isEqualTo(RoutingPlan.BUILT_IN);
        assertThat(entries()).isEmpty();
    }

    @Test
    void versions_are_numbered_from_1_and_the_last_is_in_force() {
        assertThat(adopt(10, -1)).isEqualTo(StatusReply.success(new Version(1, NOON, "adam", json(10))));
        house.clock = NOON.plusSeconds(60);
        adopt(20, -1);

        assertThat(look()).isEqualTo(new Version(2, NOON.plusSeconds(60), "adam", json(20)));
        assertChain(2);
    }

    @Test
    void the_plan_in_force_again_is_as_it_is_whatever_is_expected() {
        adopt(10, 0);

        assertThat(adopt(10, 0).getValue().number()).isEqualTo(1);
        assertThat(adopt(10, 7).getValue().number()).isEqualTo(1);
        assertChain(1);
    }

    @Test
    void the_built_in_plan_put_while_it_is_in_force_is_as_it_is() {
        var again = ask(r -> new Adopt("adam", -1, RoutingPlan.BUILT_IN.plan(), r));

        assertThat(again).isEqualTo(StatusReply.success(RoutingPlan.BUILT_IN));
        assertThat(entries()).isEmpty();
    }

    @Test
    void an_earlier_plan_comes_back_as_a_version_of_its_own() {
        adopt(10, -1);
        adopt(20, -1);

        assertThat(adopt(10, -1).getValue().number()).isEqualTo(3);
    }

    @Test
    void of_two_who_saw_the_same_version_the_second_is_refused() {
        adopt(10, 0);

        assertThat(adopt(20, 0)).isEqualTo(Refusal.PRECONDITION_FAILED.reply());
        assertThat(adopt(20, 1).getValue().number()).isEqualTo(2);
    }

    @Test
    void a_clock_that_steps_back_does_not_put_a_version_before_an_earlier_one() {
        adopt(10, -1);
        house.clock = NOON.minusSeconds(60);

        assertThat(adopt(20, -1).getValue().adoptedAt()).isEqualTo(NOON);
    }

    @Test
    void who_follows_is_told_at_once_unless_he_knows_and_of_each_version_from_then_on() {
        plan.runCommand(new Follow(node.ref(), -1));
        assertThat(node.receiveMessage()).isEqualTo(new Told(tenant, RoutingPlan.BUILT_IN));
        plan.runCommand(new Follow(node.ref(), 0));
        adopt(10, -1);
        adopt(20, -1);

        assertThat(node.receiveMessage().version().number()).isEqualTo(1);
        assertThat(node.receiveMessage().version().number()).isEqualTo(2);
        node.expectNoMessage();
    }

    @Test
    void one_who_follows_no_more_is_forgotten() {
        var letters = actors.<DeadLetter>createTestProbe();
        actors.system().eventStream().tell(new EventStream.Subscribe<>(DeadLetter.class, letters.ref()));
        var other = actors.<Told>createTestProbe();
        plan.runCommand(new Follow(other.ref(), 0));
        plan.runCommand(new Follow(node.ref(), 0));

        other.stop();
        node.expectTerminated(other.ref());

        var units = new AtomicInteger();
        letters.awaitAssert(Duration.ofSeconds(30), () -> {
            adopt(units.incrementAndGet(), -1);
            look(); // all who follow are told by then
            assertThat(undelivered(letters, other.ref(), units.get())).isEmpty();
            return units;
        });
        assertThat(node.receiveMessage().version().number()).isEqualTo(1);
    }

    @Test
    void killed_before_the_write_nothing_has_changed_and_its_repeat_is_version_1() {
        look(); // the one that is restarted below has begun, and finds nothing that the other leaves behind
        var first = actors.spawn(RoutingPlan.create(tenant, shard.ref(), house.desk()));
        plan.persistenceTestKit().failNextPersisted(pid);
        first.tell(new Adopt(
                "adam",
                0,
                json(10),
                actors.<StatusReply<Version>>createTestProbe().ref()));
        actors.createTestProbe().expectTerminated(first);
        house.unconfirmed.confirmed(pid);

        plan.restart();

        assertThat(look()).isEqualTo(RoutingPlan.BUILT_IN);
        assertThat(adopt(10, 0).getValue().number()).isEqualTo(1);
    }

    @Test
    void a_write_of_unknown_outcome_is_written_once_more_and_then_in_force() {
        var first = actors.spawn(RoutingPlan.create(tenant, shard.ref(), house.desk()));
        plan.persistenceTestKit().failNextPersisted(pid);
        first.tell(new Adopt(
                "adam",
                0,
                json(10),
                actors.<StatusReply<Version>>createTestProbe().ref()));
        actors.createTestProbe().expectTerminated(first);

        plan.restart();
        plan.runCommand(new Follow(node.ref(), 0));

        assertThat(node.receiveMessage().version()).isEqualTo(look());
        assertThat(look().number()).isEqualTo(1);
        assertThat(adopt(10, 0).getValue().number()).isEqualTo(1);
        assertChain(1);
    }

    @Test
    void killed_between_the_write_and_the_answer_its_repeat_is_answered_as_the_first_would_have_been() {
        adopt(10, 0);

        plan.restart();

        assertThat(adopt(10, 0)).isEqualTo(StatusReply.success(new Version(1, NOON, "adam", json(10))));
        assertChain(1);
    }

    @Test
    void killed_after_the_answer_before_nodes_were_told_they_hear_of_it_when_they_follow_again() {
        plan.runCommand(new Follow(node.ref(), 0));
        adopt(10, 0);
        node.receiveMessage();

        plan.restart();
        plan.runCommand(new Follow(node.ref(), 0));

        assertThat(node.receiveMessage().version().number()).isEqualTo(1);
    }

    @Test
    void a_late_write_beside_what_was_acknowledged_is_never_in_force() {
        var late = late(1, 99);
        adopt(10, 0);
        house.rows.put(1L, List.of(entries().getFirst(), late));

        plan.restart();

        assertThat(look().plan()).isEqualTo(json(10));
        assertThat(adopt(20, 1).getValue().number()).isEqualTo(2);
        assertChain(2);
    }

    @Test
    void messages_cross_nodes_as_they_are() {
        var version = new Version(7, NOON, "adam", json(10));
        var replies = actors.<StatusReply<Version>>createTestProbe().ref();

        for (var message : List.of(
                new Adopt("adam", 3, json(10), replies),
                new Look(replies),
                new Follow(node.ref(), -1),
                new Told(tenant, version),
                version)) {
            assertThat(actors.serializationTestKit().verifySerialization(message, true))
                    .isEqualTo(message);
        }
    }

    private StatusReply<Version> adopt(int units, long expected) {
        return ask(r -> new Adopt("adam", expected, json(units), r));
    }

    private Version look() {
        return ask(Look::new).getValue();
    }

    private StatusReply<Version> ask(Function<ActorRef<StatusReply<Version>>, Command> command) {
        return plan.<StatusReply<Version>>runCommand(command).reply();
    }

    private List<Entry> entries() {
        return plan.persistenceTestKit().persistedInStorage(pid).stream()
                .map(Entry.class::cast)
                .toList();
    }

    /** The entry that an earlier incarnation would have written as the next number, had its write come in time. */
    private Entry late(long version, int units) {
        return new Pen(PlanHouse.KEYS, 1)
                .write(plan.getState().head(), "plan.adopted", NOON, 0, PlanEvent.adopted(version, "eve", json(units)));
    }

    /** What one who has ended was told since the last round. */
    private List<Told> undelivered(TestProbe<DeadLetter> letters, ActorRef<Told> ended, int round) {
        var last = new Told(tenant + " round " + round, RoutingPlan.BUILT_IN);
        ended.tell(last);
        var all = new ArrayList<Told>();
        while (!all.contains(last)) {
            if (letters.receiveMessage().message() instanceof Told told) {
                all.add(told);
            }
        }
        return all.stream().filter(told -> told.tenant().equals(tenant)).toList();
    }

    private void assertChain(int versions) {
        var standing = new ArrayList<Entry>();
        var chain = Chain.standing(Head.of(pid), standing::add);
        entries().forEach(e -> chain.add(e.seq(), e));
        chain.finish();
        assertThat(standing).hasSize(versions).isEqualTo(entries()).allMatch(e -> e.genuine(PlanHouse.KEYS));
        assertThat(standing).allMatch(e -> PlanEvent.version(e).number() == e.seq());
    }
}
