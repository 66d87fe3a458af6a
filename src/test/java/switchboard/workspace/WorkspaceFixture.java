package switchboard.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.testkit.TestSubscriber;
import org.apache.pekko.stream.testkit.javadsl.TestSink;
import org.junit.jupiter.api.AfterEach;
import switchboard.history.Live.Counts;
import switchboard.history.Live.Pace;
import switchboard.history.Live.Waiting;
import switchboard.workspace.World.Contact;

/** Ana and her connections, one after the other: in short, {@code own 2} of her log, {@code c0 4!} of the first conversation
 * before its turn. */
abstract class WorkspaceFixture {

    final ActorTestKit actors = ActorTestKit.create();
    final World world = new World(actors);
    final Contact first = world.contact(0);
    final Contact second = world.contact(1);
    private final Pace pace = new Pace(100, 1_000_000, Duration.ofHours(1), Duration.ofMillis(20));
    final Waiting waiting = new Waiting();
    Optional<Cursor> cursor = Optional.empty();

    @AfterEach
    void stop() {
        actors.shutdownTestKit();
    }

    private static String mac(String text) {
        return "%032x".formatted(text.hashCode());
    }

    /** Her next connection, with the last cursor that she has. */
    TestSubscriber.Probe<Shown> comes() {
        var from = cursor.map(it -> Cursor.read(it.text(WorkspaceFixture::mac), WorkspaceFixture::mac)
                .orElseThrow());
        var it = new Workspace(
                World.ANA,
                world,
                from.orElseGet(() -> new Cursor(world.own.head(), Map.of())),
                from.isPresent(),
                pace,
                new Counts(),
                waiting);
        return Source.fromGraph(it).runWith(TestSink.create(actors.system().classicSystem()), actors.system());
    }

    /** One who begins, and is connected. */
    TestSubscriber.Probe<Shown> joins() {
        var reader = comes();
        assertThat(next(reader, 1)).containsExactly("begin");
        return reader;
    }

    List<String> next(TestSubscriber.Probe<Shown> reader, int count) {
        var seen = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var shown = reader.requestNext();
            cursor = Optional.of(shown.cursor());
            seen.add(text(shown));
        }
        return seen;
    }

    List<String> sorted(TestSubscriber.Probe<Shown> reader, int count) {
        return next(reader, count).stream().sorted().toList();
    }

    private String text(Shown shown) {
        return switch (shown) {
            case Shown.Begun _ -> "begin";
            case Shown.Own it -> "own " + it.line().row().number();
            case Shown.Said it ->
                "c" + number(it.conversation()) + " " + it.line().row().number()
                        + (it.line().ahead() ? "!" : "");
        };
    }

    private static int number(String conversation) {
        return (conversation.charAt(25) - 'a') * 26 + conversation.charAt(26) - 'a';
    }
}
