package switchboard.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
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
import switchboard.journal.Journal.Row;

/** I7 for readers who come and go while messages are lost and doubled, actors die and the journal breaks off. */
class LiveRandomTest {

    private static final ActorTestKit actors = ActorTestKit.create();
    private static final int STEPS = 400;
    private static final int READERS = 6;

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatever_happens_each_number_comes_once(long seed) {
        var random = new Random(seed);
        var script = new Script(actors).with(random.nextInt(5));
        var breaks = new Random(seed);
        script.journal(rows ->
                breaks.nextInt(5) == 0 ? rows.take(2).concat(Source.failed(new IllegalStateException("away"))) : rows);
        var readers = new ArrayList<Reader>();
        for (int i = 0; i < READERS; i++) {
            readers.add(new Reader(script));
        }

        for (int step = 0; step < STEPS; step++) {
            happens(random, script, readers);
        }
        script.write();

        for (var reader : readers) {
            SwitchboardProcess.await("all of it", () -> reader.last() >= script.head());
            reader.leaves();
            assertThat(reader.seen)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, script.head()).boxed().toList());
        }
    }

    private static void happens(Random random, Script script, List<Reader> readers) {
        switch (random.nextInt(20)) {
            case 0 -> script.die(random.nextInt(3));
            case 1 -> script.quietly();
            case 2 -> script.forget();
            case 3 -> script.tell(script.entry(Math.max(1, script.head())));
            case 4 -> script.tell(script.entry(1 + random.nextLong(Math.max(1, script.head()))));
            case 5, 6 -> readers.get(random.nextInt(READERS)).comesAgain();
            default -> script.write();
        }
    }

    /** One who resumes after the last number that he has. */
    private static final class Reader {

        private final Script script;
        private final CopyOnWriteArrayList<Long> seen = new CopyOnWriteArrayList<>();
        private Runnable leave = () -> {};

        Reader(Script script) {
            this.script = script;
            comesAgain();
        }

        long last() {
            return seen.isEmpty() ? 0 : seen.getLast();
        }

        void comesAgain() {
            leaves();
            var pace = new Pace(3, 1_000_000, Duration.ofMillis(50), Duration.ofMillis(5));
            var live = new Live(script, last(), Long.MAX_VALUE, pace, new Counts(), new Waiting());
            var over = Source.fromGraph(live)
                    .viaMat(KillSwitches.single(), Keep.right())
                    .toMat(Sink.<Row>foreach(row -> seen.add(row.number())), Keep.both())
                    .run(actors.system());
            leave = () -> {
                over.first().shutdown();
                over.second().toCompletableFuture().join();
            };
        }

        void leaves() {
            leave.run();
            leave = () -> {};
        }
    }
}
