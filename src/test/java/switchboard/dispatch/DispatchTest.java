package switchboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.dispatch.Dispatch.Command;
import switchboard.dispatch.Dispatch.Queues;
import switchboard.handling.Rules;
import switchboard.plan.PlanReader;

/** The live router among conversations and agents whose words may be lost, and who answer late or not at all. */
class DispatchTest {

    private static final Rules RULES = new Rules(1, PlanReader.local());

    private final ActorTestKit kit = ActorTestKit.create();
    private final Dispatch.Counts counts = new Dispatch.Counts();
    private World world = new World(new Random(7), 0);

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void what_waits_is_proposed_to_who_is_there() {
        begin();
        world.hires("ana", 100);
        world.enters("c1");

        await(() -> world.talks("reserved").contains("c1"));
    }

    @Test
    void what_waited_before_it_began_is_found_in_the_rows() {
        world.hires("ana", 100);
        world.enters("c1");

        begin();

        await(() -> world.talks("reserved").contains("c1"));
    }

    @Test
    void killed_between_proposal_and_answer_the_next_one_proposes_nothing_twice() {
        world.hires("ana", 34);
        world.enters("c1");
        var first = begin();
        await(() -> world.talks("reserved").contains("c1"));
        kit.stop(first);
        begin();
        world.enters("c2");
        world.hires("ben", 34);

        await(() -> world.talks("reserved").contains("c2"));

        assertThat(world.talks("reserved")).containsExactly("c1", "c2");
        assertThat(world.exact()).isTrue();
    }

    @Test
    void what_is_rejected_goes_to_another() {
        begin();
        world.hires("ana", 34);
        world.enters("c1");
        await(() -> world.talks("reserved").contains("c1"));
        world.says("c1", false);
        world.hires("ben", 34);

        await(() -> world.talks("reserved").contains("c1"));
    }

    @Test
    void when_a_place_is_free_again_the_next_has_it() {
        begin();
        world.hires("ana", 34);
        world.enters("c1");
        world.enters("c2");
        await(() -> world.talks("reserved").size() == 1);
        var first = world.talks("reserved").getFirst();
        world.says(first, true);

        world.ends(first);

        await(() -> world.talks("reserved").size() == 1);
    }

    @Test
    void queues_are_seen_once_it_has_begun() {
        var router = begin();
        world.enters("c1");
        world.enters("c2");
        TestProbe<StatusReply<Queues>> probe = kit.createTestProbe();

        await(() -> {
            router.tell(new Dispatch.Look(probe.ref()));
            var answer = probe.receiveMessage(Duration.ofSeconds(60));
            return answer.isSuccess()
                    && answer.getValue().all().stream()
                            .anyMatch(it -> it.name().equals("general") && it.waiting() == 2 && it.ready() == 0);
        });
    }

    @Test
    void who_waits_is_counted_here_until_the_router_ends_here() {
        var router = begin();
        world.enters("c1");
        world.enters("c2");

        await(() -> counts.demand().waiting() == 2 && counts.demand().oldest().equals(Optional.of(World.NOON)));
        kit.stop(router);

        await(() -> counts.demand().waiting() == 0 && counts.demand().oldest().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatever_is_lost_and_however_often_it_is_killed_nobody_waits_beside_one_who_could(int seed) {
        var random = new Random(seed);
        world = new World(new Random(seed + 100), 10);
        for (int i = 0; i < 10; i++) {
            world.hires("a" + i, 34 * (1 + random.nextInt(3)));
        }
        var router = begin();
        for (int step = 0; step < 400; step++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> world.enters("c" + step);
                case 3, 4 -> any(random, "reserved", id -> world.says(id, random.nextInt(4) > 0));
                case 5 -> any(random, "assigned", world::ends);
                case 6 -> any(random, "queued", world::ends);
                default -> world.comesOrGoes("a" + random.nextInt(10));
            }
            assertThat(world.exact()).isTrue();
            if (step % 100 == 50) {
                kit.stop(router);
                router = begin();
            }
        }

        await(world::settled);

        assertThat(world.exact()).isTrue();
    }

    private void any(Random random, String status, java.util.function.Consumer<String> what) {
        var talks = world.talks(status);
        if (!talks.isEmpty()) {
            what.accept(talks.get(random.nextInt(talks.size())));
        }
    }

    private ActorRef<Command> begin() {
        var ports = new Dispatch.Ports(
                _ -> RULES,
                world,
                world,
                InstantSource.system(),
                new Dispatch.Pace(Duration.ofMillis(20), Duration.ofMillis(100)),
                counts);
        var router = kit.spawn(Dispatch.create("t", ports));
        world.listener(router::tell);
        return router;
    }

    private void await(java.util.function.BooleanSupplier condition) {
        kit.createTestProbe().awaitAssert(Duration.ofSeconds(60), () -> {
            assertThat(condition.getAsBoolean()).isTrue();
            return true;
        });
    }
}
