package switchboard.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.testkit.TestSubscriber;
import org.apache.pekko.stream.testkit.javadsl.TestSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import switchboard.SwitchboardProcess;
import switchboard.history.Live.Counts;
import switchboard.history.Live.Pace;
import switchboard.history.Live.Waiting;
import switchboard.workspace.World.Contact;

/** What Ana has before her: in short, {@code own 2} of her log, {@code c0 4!} of the first conversation before its turn. */
class WorkspaceTest {

    private final ActorTestKit actors = ActorTestKit.create();
    private final World world = new World(actors);
    private final Contact first = world.contact(0);
    private final Contact second = world.contact(1);
    private final Pace pace = new Pace(100, 1_000_000, Duration.ofHours(1), Duration.ofMillis(20));
    private final Waiting waiting = new Waiting();
    private Optional<Cursor> cursor = Optional.empty();

    @AfterEach
    void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void an_offer_comes_first_and_its_long_history_after_it() {
        first.log.with(200);
        var ana = joins();

        world.offer(first);

        assertThat(next(ana, 4)).containsExactly("own 2", "c0 202!", "c0 1", "c0 2");
        assertThat(next(ana, 199)).endsWith("c0 201");
        world.said(first);
        assertThat(next(ana, 1)).containsExactly("c0 203");
    }

    @Test
    void an_offer_is_not_shown_before_it_is_one() {
        var ana = joins();
        world.granted(first);
        world.said(first);
        assertThat(next(ana, 1)).containsExactly("own 2");

        world.offered(first, World.ANA);

        assertThat(next(ana, 3)).containsExactly("c0 3!", "c0 1", "c0 2");
    }

    @Test
    void what_was_said_in_what_she_is_only_offered_is_on_record_before_it_is_shown() {
        world.recording = false;
        var ana = joins();
        world.offer(first);
        world.own.write();
        assertThat(sorted(ana, 3)).containsExactly("c0 2!", "own 2", "own 3");

        world.accepted(first);
        world.offer(second);

        assertThat(sorted(ana, 6)).containsExactly("c0 1", "c0 3", "c0 4", "c0 5", "c1 2!", "own 4");
        world.recording = true;
        assertThat(next(ana, 1)).containsExactly("c1 1");
    }

    @Test
    void of_an_offer_that_came_to_nothing_she_sees_only_that() {
        var ana = joins();
        var vain = world.granted(first);
        world.offered(first, "bo");
        world.said(first);
        world.ended(vain);
        world.offer(second);

        assertThat(next(ana, 5)).containsExactly("own 2", "own 3", "own 4", "c1 2!", "c1 1");
    }

    @Test
    void what_she_has_already_is_shown_from_its_beginning() {
        world.offer(first);
        world.accepted(first);
        world.said(first);

        assertThat(next(comes(), 7)).containsExactly("begin", "c0 5!", "c0 1", "c0 2", "c0 3", "c0 4", "c0 6");
    }

    @Test
    void what_was_given_to_her_long_ago_comes_in_its_turn() {
        world.offer(first);
        world.accepted(first);
        for (int i = 0; i < 70; i++) {
            world.said(first);
        }

        assertThat(next(comes(), 4)).containsExactly("begin", "c0 1", "c0 2", "c0 3");
    }

    @Test
    void the_entry_that_takes_it_from_her_is_the_last_that_she_sees() {
        var ana = joins();
        var held = world.offer(first);
        next(ana, 3);

        world.lost(first);
        world.said(first);
        world.ended(held);
        world.offer(second);

        assertThat(sorted(ana, 5)).containsExactly("c0 3", "c1 1", "c1 2!", "own 3", "own 4");
    }

    @Test
    void what_is_hers_again_begins_anew() {
        var ana = joins();
        var held = world.offer(first);
        next(ana, 3);
        world.lost(first);
        world.ended(held);
        next(ana, 2);

        world.offer(first);

        assertThat(next(ana, 6)).containsExactly("own 4", "c0 5!", "c0 1", "c0 2", "c0 3", "c0 4");
    }

    @Test
    void she_resumes_in_each_where_she_was() {
        world.offer(first);
        world.offer(second);
        var ana = comes();
        assertThat(sorted(ana, 5)).containsExactly("begin", "c0 1", "c0 2!", "c1 1", "c1 2!");
        ana.cancel();
        world.said(first);
        world.own.write();
        world.said(second);
        world.said(second);

        ana = comes();

        assertThat(sorted(ana, 4)).containsExactly("c0 3", "c1 3", "c1 4", "own 4");
    }

    @Test
    void she_resumes_between_an_offer_and_its_history() {
        world.said(first);
        world.offer(first);
        var ana = comes();
        assertThat(next(ana, 2)).containsExactly("begin", "c0 3!");
        ana.cancel();

        assertThat(next(comes(), 2)).containsExactly("c0 1", "c0 2");
    }

    @Test
    void what_she_lost_while_she_was_away_is_shown_to_its_end_and_no_further() {
        var held = world.offer(first);
        var ana = comes();
        assertThat(next(ana, 3)).containsExactly("begin", "c0 2!", "c0 1");
        ana.cancel();
        world.accepted(first);
        world.said(first);
        world.lost(first);
        world.said(first);
        world.ended(held);

        ana = comes();

        assertThat(sorted(ana, 6)).containsExactly("c0 3", "c0 4", "c0 5", "c0 6", "c0 7", "own 3");
        ana.cancel();
        world.said(first);
        world.own.write();
        assertThat(next(comes(), 1)).containsExactly("own 4");
    }

    @Test
    void one_who_leaves_with_its_last_entry_is_not_shown_what_follows() {
        world.offer(first);
        var ana = comes();
        next(ana, 3);
        world.lost(first);
        assertThat(next(ana, 1)).containsExactly("c0 3");
        ana.cancel();
        world.said(first);
        world.own.write();

        assertThat(next(comes(), 1)).containsExactly("own 3");
        assertThat(cursor.orElseThrow().places()).isEmpty();
    }

    @Test
    void what_came_and_went_while_she_was_away_is_in_her_own_log_only() {
        var ana = joins();
        ana.cancel();
        var held = world.offer(first);
        world.lost(first);
        world.ended(held);
        world.offer(second);

        assertThat(sorted(comes(), 5)).containsExactly("c1 1", "c1 2!", "own 2", "own 3", "own 4");
    }

    @Test
    void a_conversation_that_cannot_be_asked_keeps_back_no_other() {
        world.away(first, true);
        var ana = joins();
        world.offer(first);
        world.offer(second);
        assertThat(sorted(ana, 4)).containsExactly("c1 1", "c1 2!", "own 2", "own 3");

        world.away(first, false);

        assertThat(next(ana, 2)).containsExactly("c0 2!", "c0 1");
    }

    @Test
    void a_long_history_keeps_back_no_other_conversation() {
        first.log.with(500);
        world.offer(first);
        world.offer(second);
        var ana = comes();
        next(ana, 20);

        world.said(second);

        assertThat(next(ana, 4)).contains("c1 3");
    }

    @Test
    void nothing_is_read_ahead_for_one_who_takes_slowly() {
        var read = new AtomicInteger();
        first.log
                .with(5_000)
                .journal(rows -> rows.map(row -> {
                    read.incrementAndGet();
                    return row;
                }));
        world.offer(first);

        var ana = joins();
        next(ana, 5);

        assertThat(read.get()).isBetween(64 + 4, 64 + 32);
    }

    @Test
    void sixty_four_are_shown_and_the_next_as_soon_as_one_is_over() {
        var held = new ArrayList<String>();
        for (int i = 0; i < Cursor.MOST + 1; i++) {
            held.add(world.offer(world.contact(i)));
        }
        var ana = comes();
        var shown = next(ana, 1 + 2 * Cursor.MOST);
        assertThat(shown).doesNotContain("c64 2!");
        assertThat(cursor.orElseThrow().places()).hasSize(Cursor.MOST);

        world.lost(world.contact(7));
        world.ended(held.get(7));

        assertThat(sorted(ana, 4)).containsExactly("c64 1", "c64 2!", "c7 3", "own 67");
    }

    @Test
    void an_agent_who_is_deleted_has_nothing_more_before_her() {
        var ana = joins();

        world.own.write("agent.deleted", Map.of("by", "adam"));

        assertThat(next(ana, 1)).containsExactly("own 2");
        ana.expectComplete();
    }

    @Test
    void one_who_takes_nothing_is_known_to_wait() {
        var ana = joins();
        assertThat(waiting.at(System.nanoTime())).isEmpty();

        world.own.write();

        SwitchboardProcess.await("it", () -> waiting.at(System.nanoTime()).isPresent());
        next(ana, 1);
        assertThat(waiting.at(System.nanoTime())).isEmpty();
    }

    @Test
    void her_own_actor_s_end_leaves_no_gap() {
        var ana = joins();

        world.own.die(2);
        world.offer(first);

        assertThat(sorted(ana, 5)).containsExactly("c0 1", "c0 2!", "own 2", "own 3", "own 4");
    }

    private static String mac(String text) {
        return "%032x".formatted(text.hashCode());
    }

    /** Her next connection, with the last cursor that she has. */
    private TestSubscriber.Probe<Shown> comes() {
        var from = cursor.map(it ->
                Cursor.read(it.text(WorkspaceTest::mac), WorkspaceTest::mac).orElseThrow());
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
    private TestSubscriber.Probe<Shown> joins() {
        var reader = comes();
        assertThat(next(reader, 1)).containsExactly("begin");
        return reader;
    }

    private List<String> next(TestSubscriber.Probe<Shown> reader, int count) {
        var seen = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var shown = reader.requestNext();
            cursor = Optional.of(shown.cursor());
            seen.add(text(shown));
        }
        return seen;
    }

    private List<String> sorted(TestSubscriber.Probe<Shown> reader, int count) {
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
