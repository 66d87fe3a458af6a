package switchboard.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import switchboard.SwitchboardProcess;

/** What Ana has before her. */
class WorkspaceTest extends WorkspaceFixture {

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
}
