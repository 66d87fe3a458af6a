package switchboard.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static switchboard.planning.PlanHouse.NOON;
import static switchboard.planning.PlanHouse.json;
import static switchboard.planning.PlanHouse.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.plan.PlanReader;
import switchboard.planning.Plans.InForce;
import switchboard.planning.RoutingPlan.Adopt;
import switchboard.planning.RoutingPlan.Command;
import switchboard.planning.RoutingPlan.Follow;
import switchboard.planning.RoutingPlan.Told;
import switchboard.planning.RoutingPlan.Version;
import switchboard.register.Register;
import switchboard.wire.Refusal;

/** What a node knows of the plans in force; their actors are played by a probe. */
class PlansTest {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final ActorTestKit actors = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(actors.system());
    private final TestProbe<Command> actor = actors.createTestProbe();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final Plans plans = plans(List.of("acme"));

    @AfterEach
    void stop() {
        actors.shutdownTestKit();
    }

    private Plans plans(List<String> tenants) {
        return new Plans(
                new Register<>(
                        actors.system(),
                        _ -> actor.ref(),
                        (pid, after, until) ->
                                Source.from(List.of(stored(pid))).drop(after).take(until - after),
                        Duration.ofSeconds(10)),
                tenants,
                EVERY);
    }

    @Test
    void before_anything_is_known_the_answer_is_the_built_in_plan_and_the_start_waits() {
        assertThat(plans.inForce("acme")).isEqualTo(new InForce(0, PlanReader.local()));
        assertThat(plans.loaded().toCompletableFuture()).isNotDone();
    }

    @Test
    void the_start_is_over_once_the_plan_of_every_tenant_is_known() throws Exception {
        follow(-1).tell(told(0, RoutingPlan.BUILT_IN.plan()));

        plans.loaded().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(plans.inForce("acme").version()).isZero();
    }

    @Test
    void a_tenant_that_is_not_followed_has_the_built_in_plan() {
        assertThat(plans.inForce("nobody")).isEqualTo(new InForce(0, PlanReader.local()));
    }

    @Test
    void what_is_told_is_in_force_and_listeners_hear_of_it_once() {
        var node = follow(-1);
        node.tell(told(1, json(10)));
        node.tell(told(1, json(10)));
        heard("acme 1 10");
        plans.onChange(this::changed);

        node.tell(told(2, json(20)));
        heard("acme 2 20");

        assertThat(plans.inForce("acme")).isEqualTo(new InForce(2, plan(20)));
        wereTold("acme 1 10", "acme 2 20");
    }

    @Test
    void an_older_version_that_comes_late_changes_nothing() {
        plans.onChange(this::changed);
        var node = follow(-1);
        node.tell(told(3, json(30)));
        node.tell(told(2, json(20)));
        node.tell(told(4, json(40)));
        heard("acme 4 40");

        wereTold("acme 3 30", "acme 4 40");
    }

    @Test
    void it_asks_again_and_again_with_what_it_knows_so_that_what_an_actor_told_nobody_is_found() {
        var node = follow(-1);
        node.tell(told(1, json(10)));
        heard("acme 1 10");

        time.timePasses(EVERY);
        follow(1).tell(told(2, json(20)));
        heard("acme 2 20");

        time.timePasses(EVERY);
        follow(2);
    }

    @Test
    void an_actor_that_does_not_answer_at_the_start_is_asked_again() throws Exception {
        follow(-1);
        time.timePasses(EVERY);

        follow(-1).tell(told(1, json(10)));

        plans.loaded().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void who_adopts_finds_it_in_force_on_his_node_when_he_is_answered() throws Exception {
        follow(-1);
        var adopting = plans.adopt("acme", "adam", 0, plan(10)).toCompletableFuture();
        var order = actor.expectMessageClass(Adopt.class);
        assertThat(order).isEqualTo(new Adopt("adam", 0, json(10), order.replyTo()));
        order.replyTo().tell(StatusReply.success(new Version(1, NOON, "adam", json(10))));

        assertThat(adopting.get(30, TimeUnit.SECONDS).number()).isEqualTo(1);
        assertThat(plans.inForce("acme")).isEqualTo(new InForce(1, plan(10)));
    }

    @Test
    void a_refused_plan_changes_nothing_here() {
        follow(-1);
        var adopting = plans.adopt("acme", "adam", 0, plan(10)).toCompletableFuture();
        actor.expectMessageClass(Adopt.class).replyTo().tell(Refusal.PRECONDITION_FAILED.reply());

        assertThatThrownBy(adopting::join).hasMessageContaining("PRECONDITION_FAILED");
        assertThat(plans.inForce("acme").version()).isZero();
    }

    @Test
    void a_version_of_a_later_program_leaves_the_known_one_in_force() {
        var node = follow(-1);
        node.tell(told(1, json(10)));
        node.tell(told(2, "{\"holidays\":[]}"));
        node.tell(told(3, json(30)));
        heard("acme 3 30");
        plans.onChange(this::changed);

        node.tell(told(4, "{\"holidays\":[]}"));
        node.tell(told(5, json(50)));
        heard("acme 5 50");

        wereTold("acme 3 30", "acme 5 50");
    }

    @Test
    void a_version_of_a_later_program_fails_the_start() {
        follow(-1).tell(told(1, "{\"holidays\":[]}"));

        assertThatThrownBy(() -> plans.loaded().toCompletableFuture().get(30, TimeUnit.SECONDS))
                .hasMessageContaining("version 1 of the routing plan of tenant acme");
    }

    @Test
    void any_version_is_found_by_its_number() throws Exception {
        assertThat(find(0)).contains(RoutingPlan.BUILT_IN);
        assertThat(find(1).orElseThrow().plan()).isEqualTo(json(10));
        assertThat(find(2).orElseThrow().plan()).isEqualTo(json(20));
        assertThat(find(3)).as("bytes that are no entry").isEmpty();
        assertThat(find(4)).isEmpty();
    }

    private Optional<Version> find(long number) throws Exception {
        return plans.find("acme", number).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static Entry[] stored(String pid) {
        assertThat(pid).isEqualTo("Plan|acme");
        var pen = new Pen(PlanHouse.KEYS, 1);
        var one = pen.write(Head.of(pid), "plan.adopted", NOON, 0, PlanEvent.adopted(1, "adam", json(10)));
        var two = pen.write(Head.after(one), "plan.adopted", NOON, 0, PlanEvent.adopted(2, "adam", json(20)));
        return new Entry[] {one, two, Entry.of(new byte[3])};
    }

    private ActorRef<Told> follow(long known) {
        var follow = actor.expectMessageClass(Follow.class);
        assertThat(follow.known()).isEqualTo(known);
        return follow.follower();
    }

    private static Told told(long number, String plan) {
        return new Told("acme", new Version(number, NOON, "adam", plan));
    }

    private void changed(String tenant, InForce now) {
        changes.add(line(tenant, now));
    }

    private static String line(String tenant, InForce now) {
        return tenant + " " + now.version() + " "
                + now.plan().otherChannels().cost().units();
    }

    /** Until that is in force. */
    private void heard(String expected) {
        actors.createTestProbe().awaitAssert(() -> {
            assertThat(line("acme", plans.inForce("acme"))).isEqualTo(expected);
            return expected;
        });
    }

    private void wereTold(String... expected) {
        actors.createTestProbe().awaitAssert(() -> {
            assertThat(changes).containsExactly(expected);
            return expected;
        });
    }
}
