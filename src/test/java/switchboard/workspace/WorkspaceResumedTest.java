package switchboard.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What Ana sees when she comes again with the cursor that she has. */
class WorkspaceResumedTest extends WorkspaceFixture {

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
}
