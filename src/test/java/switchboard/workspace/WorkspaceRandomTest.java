package switchboard.workspace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.SwitchboardProcess;
import switchboard.history.Live.Counts;
import switchboard.history.Live.Pace;
import switchboard.history.Live.Waiting;
import switchboard.history.Script;
import switchboard.workspace.World.Contact;

/** I7 for an agent who comes and goes while conversations come to her and go, messages are lost and doubled, and actors die. */
class WorkspaceRandomTest {

    private static final ActorTestKit actors = ActorTestKit.create();
    private static final int STEPS = 1_000;
    private static final int CONTACTS = 5;

    private static String mac(String text) {
        return "%032x".formatted(text.hashCode());
    }

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
                29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40
            })
    void whatever_happens_she_is_shown_what_is_hers_once_and_in_order(long seed) {
        var run = new Run(seed);

        for (int step = 0; step < STEPS; step++) {
            run.happens();
        }
        run.settles();

        SwitchboardProcess.await("all of it", run::isComplete);
        run.leaves();
        run.judge.judge(run.world, 1);
    }

    /** One world, one agent. */
    private static final class Run {

        private final Random random;
        private final World world = new World(actors);
        private final Judge judge = new Judge();

        /** What her log is still to be told: late, and in any order. */
        private final List<Runnable> owed = new ArrayList<>();

        private Optional<Cursor> cursor = Optional.empty();
        private Runnable leave = () -> {};

        Run(long seed) {
            random = new Random(seed);
            var breaks = new Random(seed);
            breaking(world.own, breaks);
            for (int i = 0; i < CONTACTS; i++) {
                breaking(world.contact(i).log, breaks);
            }
            comes();
        }

        private static void breaking(Script log, Random breaks) {
            log.journal(rows -> {
                synchronized (breaks) {
                    return breaks.nextInt(5) == 0
                            ? rows.take(2).concat(Source.failed(new IllegalStateException("away")))
                            : rows;
                }
            });
        }

        void happens() {
            var it = world.contact(random.nextInt(CONTACTS));
            switch (random.nextInt(24)) {
                case 0 -> world.dies(it, random.nextInt(3));
                case 1 -> world.own.die(random.nextInt(2));
                case 2 -> (random.nextBoolean() ? it.log : world.own).forget();
                case 3 -> it.log.tell(it.log.entry(1 + random.nextLong(it.log.head())));
                case 4 -> world.own.tell(world.own.entry(1 + random.nextLong(world.own.head())));
                case 5, 6 -> comes();
                case 7, 8, 9, 10, 11 -> moves(it);
                case 12, 13, 14 -> pays();
                case 15 -> world.away(it, random.nextBoolean());
                default -> world.said(it);
            }
        }

        /** It goes on to whom it goes on. */
        private void moves(Contact it) {
            switch (world.status(it)) {
                case "nobody" -> offers(it);
                case "offered" -> {
                    if (random.nextBoolean()) {
                        world.accepted(it);
                    } else {
                        loses(it);
                    }
                }
                default -> {
                    if (random.nextInt(4) == 0) {
                        assigns(it, random.nextBoolean() ? World.ANA : "bo");
                    } else {
                        loses(it);
                    }
                }
            }
        }

        private void offers(Contact it) {
            switch (random.nextInt(5)) {
                case 0 -> assigns(it, random.nextBoolean() ? World.ANA : "bo");
                case 1 -> world.offered(it, "bo");
                case 2 -> {
                    var vain = world.granted(it);
                    world.lost(it);
                    owed.add(() -> world.ended(vain));
                }
                default -> {
                    var reservation = world.granted(it);
                    if (random.nextBoolean()) {
                        world.said(it);
                    }
                    world.offered(it, World.ANA);
                    it.held = reservation;
                }
            }
        }

        private void assigns(Contact it, String agent) {
            ends(it);
            var reservation = world.assigned(it, agent);
            if (agent.equals(World.ANA)) {
                it.held = reservation;
                owed.add(() -> world.granted(reservation));
            }
        }

        private void loses(Contact it) {
            world.lost(it);
            ends(it);
        }

        private void ends(Contact it) {
            var held = it.held;
            it.held = "";
            if (!held.isEmpty()) {
                owed.add(() -> world.ended(held));
            }
        }

        /** Of one reservation in order, else in any. */
        private void pays() {
            if (!owed.isEmpty()) {
                owed.remove(0).run();
            }
        }

        /** Nothing is owed any more, all can be asked, and all is told. */
        void settles() {
            while (!owed.isEmpty()) {
                pays();
            }
            for (var it : world.contacts().values()) {
                world.away(it, false);
                world.said(it);
            }
            world.own.write();
        }

        boolean isComplete() {
            synchronized (judge) {
                return judge.isComplete(world);
            }
        }

        /** Her next connection, with the last cursor that she has. */
        private void comes() {
            leaves();
            var from = cursor.map(it -> Cursor.read(it.text(WorkspaceRandomTest::mac), WorkspaceRandomTest::mac)
                    .orElseThrow());
            var pace = new Pace(3 * 16, 1_000_000, Duration.ofMillis(50), Duration.ofMillis(5));
            var it = new Workspace(
                    World.ANA,
                    world,
                    from.orElseGet(() -> new Cursor(1, java.util.Map.of())),
                    from.isPresent(),
                    pace,
                    new Counts(),
                    new Waiting());
            var over = Source.fromGraph(it)
                    .viaMat(KillSwitches.single(), Keep.right())
                    .toMat(Sink.<Shown>foreach(this::sees), Keep.both())
                    .run(actors.system());
            leave = () -> {
                over.first().shutdown();
                over.second().toCompletableFuture().join();
            };
        }

        private void sees(Shown shown) {
            synchronized (judge) {
                cursor = Optional.of(shown.cursor());
                judge.sees(shown);
            }
        }

        void leaves() {
            leave.run();
            leave = () -> {};
        }
    }
}
