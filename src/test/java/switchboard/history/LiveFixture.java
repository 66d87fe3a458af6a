package switchboard.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.testkit.TestSubscriber;
import org.apache.pekko.stream.testkit.javadsl.TestSink;
import org.junit.jupiter.api.AfterEach;
import switchboard.SwitchboardProcess;
import switchboard.history.Live.Counts;
import switchboard.history.Live.Pace;
import switchboard.history.Live.Waiting;
import switchboard.journal.Journal.Row;

/** A scripted conversation, and readers of it. */
class LiveFixture {

    final ActorTestKit actors = ActorTestKit.create();
    static final Duration NEVER = Duration.ofHours(1);
    static final Duration SOON = Duration.ofMillis(20);
    static final long ENDLESS = Long.MAX_VALUE;

    final Script it = new Script(actors);
    final Counts counts = new Counts();
    final Waiting waiting = new Waiting();
    Pace pace = new Pace(100, 1_000_000, NEVER, SOON);

    @AfterEach
    void stop() {
        actors.shutdownTestKit();
    }

    TestSubscriber.Probe<Row> reads(Script conversation, long after) {
        return reads(conversation, after, ENDLESS);
    }

    TestSubscriber.Probe<Row> reads(Script conversation, long after, long until) {
        return Source.fromGraph(new Live(conversation, after, until, pace, counts, waiting))
                .runWith(TestSink.create(actors.system().classicSystem()), actors.system());
    }

    void followed() {
        SwitchboardProcess.await("it", it::isFollowed);
    }

    /** Takes one after the other. */
    static void sees(TestSubscriber.Probe<Row> reader, long from, long to) {
        var seen = new ArrayList<Long>();
        for (long n = from; n <= to; n++) {
            seen.add(reader.requestNext().number());
        }
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(from, to).boxed().toList());
    }
}
