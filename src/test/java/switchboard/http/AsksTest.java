package switchboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.sharding.typed.testkit.javadsl.TestEntityRef;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AsksTest {

    private record Question(ActorRef<StatusReply<String>> replyTo) {}

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Duration LONG = Duration.ofMinutes(2);

    private final TestProbe<Question> probe = KIT.createTestProbe();
    private final EntityRef<Question> entity =
            TestEntityRef.of(EntityTypeKey.create(Question.class, "question"), "one", probe.getRef());
    private final Asks asks = new Asks();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void what_got_lost_is_asked_again_and_answered() {
        var answer = asks.ask(entity, Question::new, LONG).toCompletableFuture();
        probe.receiveMessage(LONG);

        asks.again();
        probe.receiveMessage(LONG).replyTo().tell(StatusReply.success("yes"));

        assertThat(answer.join()).isEqualTo("yes");
    }

    @Test
    void the_first_answer_counts_and_nothing_is_asked_after_it() {
        var answer = asks.ask(entity, Question::new, LONG).toCompletableFuture();
        var first = probe.receiveMessage(LONG);
        asks.again();
        var second = probe.receiveMessage(LONG);

        first.replyTo().tell(StatusReply.success("first"));
        assertThat(answer.join()).isEqualTo("first");
        second.replyTo().tell(StatusReply.success("second"));
        asks.again();

        probe.expectNoMessage(Duration.ofMillis(100));
        assertThat(asks.open()).isZero();
    }

    @Test
    void a_refusal_of_the_second_counts_too() {
        var answer = asks.ask(entity, Question::new, LONG).toCompletableFuture();
        probe.receiveMessage(LONG);

        asks.again();
        probe.receiveMessage(LONG).replyTo().tell(StatusReply.error("NOT_FOUND"));

        assertThatThrownBy(answer::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StatusReply.ErrorMessage.class);
    }

    @Test
    void who_is_answered_by_nobody_fails_once_and_is_forgotten() {
        var answer = asks.ask(entity, Question::new, Duration.ofMillis(50)).toCompletableFuture();

        assertThatThrownBy(answer::join).isInstanceOf(CompletionException.class);
        assertThat(asks.open()).isZero();
    }
}
