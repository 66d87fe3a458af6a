package switchboard.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;
import switchboard.SwitchboardProcess;
import switchboard.history.Live.Pace;

/** What becomes of a reader whose conversation's actor ends, whenever it does. */
class LiveDeathsTest extends LiveFixture {

    @Test
    void an_actor_that_ends_before_it_told_anything_is_followed_anew() {
        var reader = reads(it.with(2), 0);
        sees(reader, 1, 2);

        it.die(1);

        sees(reader, 3, 3);
        followed();
        it.write();
        sees(reader, 4, 4);
    }

    @Test
    void an_actor_that_ends_while_the_journal_is_read_is_followed_anew() {
        var opened = new CompletableFuture<Done>();
        it.with(2).journal(Script.once(opened));
        var reader = reads(it, 0);
        followed();
        it.write();
        it.die(1);

        opened.complete(Done.getInstance());

        sees(reader, 1, 4);
    }

    @Test
    void an_actor_that_dies_twice_is_followed_both_times() {
        var reader = reads(it.with(1), 0);
        sees(reader, 1, 1);

        it.die(1);
        sees(reader, 2, 2);
        followed();
        it.die(1);

        sees(reader, 3, 3);
        assertThat(counts.refollowed().sum()).isEqualTo(2);
    }

    @Test
    void an_actor_that_dies_before_it_answers_is_asked_again() throws Exception {
        it.with(1).hold(true);
        var reader = reads(it, 0);
        var asked = it.nextAsked();
        it.die(0);
        it.hold(false);

        asked.answer().completeExceptionally(new java.util.concurrent.TimeoutException());

        sees(reader, 1, 1);
        assertThat(counts.failures().sum()).isEqualTo(1);
    }

    @Test
    void an_answer_of_an_actor_that_is_dead_by_now_is_not_relied_on() throws Exception {
        it.with(1).hold(true);
        var reader = reads(it, 0);
        var asked = it.nextAsked();
        var following = it.following(asked.reader());
        it.die(1);
        it.hold(false);

        asked.answer().complete(following);

        sees(reader, 1, 2);
    }

    @Test
    void an_answer_to_an_earlier_question_is_not_taken_for_that_to_a_later_one() throws Exception {
        pace = new Pace(100, 1_000_000, SOON, SOON);
        var reader = reads(it.with(2), 0);
        sees(reader, 1, 2);
        it.hold(true);
        var earlier = it.nextAsked();
        var past = it.following(earlier.reader());
        it.write();
        sees(reader, 3, 3);
        it.die(1);
        SwitchboardProcess.await("a later question", () -> counts.refollowed().sum() == 1);

        earlier.answer().complete(past);

        it.hold(false);
        for (var later = it.asked.poll(); later != null; later = it.asked.poll()) {
            later.answer().complete(it.following(later.reader()));
        }
        sees(reader, 4, 4);
    }

    @Test
    void an_actor_that_is_dead_whenever_it_answers_is_asked_with_pauses() {
        pace = new Pace(100, 1_000_000, NEVER, NEVER);
        var dead = it.with(1).following(actors.system().deadLetters());
        it.die(0);
        it.answers(dead);

        reads(it, 1);

        SwitchboardProcess.await("a pause", () -> counts.failures().sum() == 1);
        assertThat(it.asks()).isEqualTo(1);
    }
}
