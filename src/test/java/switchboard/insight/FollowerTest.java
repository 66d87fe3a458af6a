package switchboard.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.insight.Story.NOON;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;
import switchboard.conversation.Conversation.Facts;

class FollowerTest {

    private final TestKeys keys = new TestKeys();
    private final List<Facts> writing = new ArrayList<>();
    private final List<CompletableFuture<Done>> writes = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Follower follower = new Follower(this::write, () -> {}, nanos::get);

    private CompletionStage<Done> write(Facts facts) {
        writing.add(facts);
        writes.add(new CompletableFuture<>());
        return writes.getLast();
    }

    @Test
    void one_conversation_is_written_once_at_a_time_and_then_as_it_is_by_then() {
        var story = story(1).opened("t", "c").assigned("ana").held().resolved("done");

        var answers = story.told.stream().map(this::follow).toList();
        end(0);
        end(1);

        assertThat(writing).containsExactly(story.told.get(0), story.told.get(3));
        assertThat(answers).allMatch(answer -> answer.toCompletableFuture().isDone());
    }

    @Test
    void what_comes_late_does_not_displace_what_waits() {
        var story = story(1).opened("t", "c").assigned("ana").held();

        follow(story.told.get(0));
        follow(story.told.get(2));
        follow(story.told.get(1));
        end(0);

        assertThat(writing.getLast()).isEqualTo(story.told.get(2));
    }

    @Test
    void of_many_conversations_32_are_written_at_a_time() {
        for (int i = 0; i < 100; i++) {
            follow(story(i).opened("t", "c").facts());
        }

        assertThat(writing).hasSize(32);
        end(0);
        end(5);
        assertThat(writing).hasSize(34);
        assertThat(follower.behind()).isEqualTo(98);
    }

    @Test
    void a_failure_is_told_and_the_conversation_stays_behind_until_it_is_written() {
        var facts = story(1).opened("t", "c").facts();
        var first = follow(facts);
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        writes.getFirst().completeExceptionally(new IllegalStateException("away"));

        assertThat(first).isCompletedExceptionally();
        assertThat(follower.behind()).isEqualTo(1);
        assertThat(follower.lag()).isEqualTo(Duration.ofSeconds(3));
        assertThat(follower.failed()).isEqualTo(1);

        follow(facts);
        end(1);
        assertThat(follower.behind()).isZero();
        assertThat(follower.lag()).isZero();
        assertThat(follower.written()).isEqualTo(1);
    }

    @Test
    void past_100_000_that_wait_others_are_told_to_come_again() {
        var one = story(0).opened("t", "c").facts();
        for (int i = 0; i < 100_032; i++) {
            assertThat(follow(named(one, i))).isNotDone();
        }

        assertThat(follow(named(one, 200_000))).isCompletedExceptionally();
    }

    private static Facts named(Facts f, int number) {
        return new Facts(
                f.tenant(),
                "c" + number,
                f.seq(),
                f.at(),
                f.channel(),
                f.status(),
                f.agent(),
                f.queue(),
                f.epoch(),
                f.language(),
                f.episode(),
                f.contacts(),
                f.opening(),
                f.openingSeq(),
                f.waiting(),
                f.waits());
    }

    private CompletionStage<Done> follow(Facts facts) {
        return follower.follow(facts);
    }

    private void end(int write) {
        writes.get(write).complete(Done.getInstance());
    }

    private Story story(int number) {
        return new Story(keys, "local", number, NOON);
    }
}
