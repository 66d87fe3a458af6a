package switchboard.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.conversation.InMemoryNode.NOON;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.conversation.InMemoryNode.Asked;
import switchboard.event.ConversationEvent;
import switchboard.event.ConversationEvent.BotDecided;
import switchboard.plan.Need;
import switchboard.wire.Personal;

/** The bot is asked after the write, once at a time, and its word stands only where it still fits. */
class ConversationBotTest extends ConversationFixture {

    @BeforeEach
    void there_is_a_bot() {
        node.bot = true;
    }

    @Test
    void what_the_customer_writes_is_acknowledged_before_the_bot_has_said_anything() {
        assertThat(receive("m1", "Hello?").isSuccess()).isTrue();

        var question = asked(0).question();

        assertThat(question.upTo()).isEqualTo(2);
        assertThat(question.epoch()).isEqualTo(1);
        assertThat(question.talk().turns()).extracting(e -> e.seq()).containsExactly(2L);
        assertThat(types()).containsExactly("conversation.opened", "message.received");
        owes(NOON.plus(Debts.SOON));
    }

    @Test
    void an_answer_is_written_with_its_decision_and_goes_out() {
        receive("m1", "Hello?");

        says(0, reply(asked(0), "answer", "Hi, I am software."));

        types("conversation.opened", "message.received", "bot.decided", "message.sent");
        assertChain();
        var sent = (ConversationEvent.Sent) ConversationEvent.of(entries().getLast());
        assertThat(sent.author()).isEqualTo("bot");
        assertThat(sent.sources()).containsExactly("greeting-en");
        assertThat(sent.versions()).containsEntry("bot", "b1");
        assertThat(entries().getLast().toString()).doesNotContain("software");
        assertThat(node.questions).hasSize(1);
    }

    @Test
    void silence_is_a_decision_and_nothing_is_owed_then() {
        receive("m1", "Automatic reply: I am away");

        says(0, reply(asked(0), "silence", ""));

        types("conversation.opened", "message.received", "bot.decided");
        owesNothing();
    }

    @Test
    void a_hand_over_says_so_first_and_waits_for_a_person_then() {
        receive("m1", "I want a person, my invoice is wrong");

        says(0, handOver(asked(0), "A colleague takes over."));

        types(
                "conversation.opened",
                "message.received",
                "bot.decided",
                "message.sent",
                "conversation.escalated",
                "queue.entered");
        var escalated =
                (ConversationEvent.Escalated) ConversationEvent.of(entries().get(4));
        assertThat(escalated)
                .isEqualTo(
                        new ConversationEvent.Escalated("bot", "requested", List.of(new Need("billing", 1)), "high"));
        assertThat(look().getValue().status()).isEqualTo("queued");
        assertThat(look().getValue().queue()).isEqualTo("billing");
    }

    @Test
    void what_came_meanwhile_voids_the_answer_and_is_the_next_question_with_all_that_was_said() {
        receive("m1", "Hello?");
        receive("m2", "I want a person");
        assertThat(node.questions).hasSize(1);

        says(0, reply(asked(0), "answer", "Hi"));

        var second = asked(1).question();
        assertThat(types()).doesNotContain("bot.decided", "message.sent");
        assertThat(second.upTo()).isEqualTo(3);
        assertThat(second.talk().turns()).extracting(e -> e.seq()).containsExactly(2L, 3L);
    }

    @Test
    void one_that_comes_to_it_late_is_asked_about_all_that_was_written_until_then() {
        receive("m1", "Hello?");
        var asked = asked(0);
        receive("m2", "I want a person");

        var now = asked.now().now().orElseThrow();
        says(0, handOver(new Asked(now, asked.now(), asked.word()), "A colleague takes over."));

        types(
                "conversation.opened",
                "message.received",
                "message.received",
                "bot.decided",
                "message.sent",
                "conversation.escalated",
                "queue.entered");
        assertThat(now.upTo()).isEqualTo(3);
        assertThat(node.questions).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"escalate,queued", "assign,assigned", "left,resolved", "resolve as supervisor,resolved"})
    void one_that_comes_to_it_when_somebody_else_has_the_word_is_asked_nothing(String order, String status) {
        receive("m1", "Hello?");
        var asked = asked(0);
        assertThat(ask(r -> command(order, r)).isSuccess()).isTrue();

        assertThat(asked.now().now()).isEmpty();
        says(0, new Bot.Nothing());

        assertThat(look().getValue().status()).isEqualTo(status);
        assertThat(types()).doesNotContain("bot.decided", "message.sent");
        assertThat(node.questions).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"escalate,queued", "assign,assigned", "left,resolved", "resolve as supervisor,resolved"})
    void a_late_answer_is_void_whoever_has_the_word_then(String order, String status) {
        receive("m1", "Hello?");
        asked(0);
        assertThat(ask(r -> command(order, r)).isSuccess()).isTrue();
        var before = types();

        says(0, reply(asked(0), "answer", "Hi"));
        look();

        assertThat(types()).isEqualTo(before);
        assertThat(look().getValue().status()).isEqualTo(status);
        assertThat(node.questions).hasSize(1);
    }

    @Test
    void a_late_answer_is_void_also_where_the_bot_has_the_word_again_by_then() {
        receive("m1", "Hello?");
        asked(0);
        ask(r -> command("assign", r));
        ask(r -> command("resolve", r));
        receive("m2", "One more thing");

        says(0, reply(asked(0), "answer", "Hi"));

        assertThat(asked(1).question().talk().turns()).hasSize(1);
        assertThat(types()).doesNotContain("message.sent");
    }

    @Test
    void nobody_asks_the_bot_about_what_an_agent_has() {
        given("assigned");
        var before = node.questions.size();

        receive("m9", "And?");
        look();

        assertThat(node.questions).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void killed_before_the_bot_has_answered_it_is_asked_again_by_whatever_comes_first(boolean woken) {
        receive("m1", "Hello?");
        asked(0);
        node.debts.clear();

        conversation.restart();
        if (woken) {
            conversation.runCommand(new Conversation.Wake());
        }

        assertThat(asked(1).question().upTo()).isEqualTo(2);
        assertThat(node.debts).containsKey(PID);
        says(1, reply(asked(1), "answer", "Hi"));
        types("conversation.opened", "message.received", "bot.decided", "message.sent");
    }

    @Test
    void killed_after_the_answer_is_written_it_is_not_asked_again() {
        receive("m1", "Hello?");
        says(0, reply(asked(0), "answer", "Hi"));
        types("conversation.opened", "message.received", "bot.decided", "message.sent");

        conversation.restart();
        conversation.runCommand(new Conversation.Wake());
        look();

        assertThat(node.questions).hasSize(1);
        assertThat(types()).hasSize(4);
    }

    @Test
    void killed_before_the_debt_of_a_later_message_is_written_its_repeat_writes_it() {
        receive("m1", "Hello?");
        says(0, reply(asked(0), "silence", ""));
        types("conversation.opened", "message.received", "bot.decided");
        owesNothing();
        node.owing = CompletableFuture.failedFuture(new IllegalStateException("cut off"));
        assertThat(receive("m2", "Anybody?").isSuccess()).isFalse();
        node.owing = CompletableFuture.completedFuture(Done.getInstance());
        node.debts.clear();

        conversation.restart();
        assertThat(receive("m2", "Anybody?").isSuccess()).isTrue();

        assertThat(node.debts).containsKey(PID);
        assertThat(entries()).hasSize(4);
    }

    @Test
    void a_bot_that_fails_is_a_hand_over() {
        receive("m1", "Hello?");

        asked(0).word().completeExceptionally(new IllegalStateException("out of order"));

        types("conversation.opened", "message.received", "bot.decided", "conversation.escalated", "queue.entered");
        var escalated =
                (ConversationEvent.Escalated) ConversationEvent.of(entries().get(3));
        assertThat(escalated.reason()).isEqualTo("failed");
    }

    @Test
    void who_has_to_be_patient_is_told_once_and_asked_for_again_after_the_pause() {
        receive("m1", "Hello?");
        var later = new Bot.Later(Duration.ofMillis(1), new Personal("One moment, please."));

        says(0, later);
        says(1, later);

        asked(2);
        types("conversation.opened", "message.received", "message.sent");
        says(2, reply(asked(2), "answer", "Hi"));
        types("conversation.opened", "message.received", "message.sent", "bot.decided", "message.sent");
    }

    @Test
    void a_message_that_had_to_be_appended_again_is_answered_too() {
        receive("m1", "Hello?");
        says(0, reply(asked(0), "silence", ""));
        types("conversation.opened", "message.received", "bot.decided");
        var late = lateTwin("m-late", "I am late");
        receive("m2", "Second");
        node.rows.put(4L, List.of(entries().getLast(), late));

        conversation.restart();

        types("conversation.opened", "message.received", "bot.decided", "message.received", "entry.recovered");
        says(2, reply(asked(2), "answer", "Hi"));
        var last = asked(3).question();
        assertThat(last.upTo()).isEqualTo(5);
        assertThat(last.talk().turns()).extracting(e -> e.seq()).containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void what_is_erased_is_not_answered() {
        receive("m1", "Hello?");
        asked(0);
        ask(r -> new Conversation.Erase(order("adam"), r));

        says(0, reply(asked(0), "answer", "Hi"));
        look();

        assertThat(types()).doesNotContain("bot.decided");
        assertThat(conversation.getState().state().talk().turns()).isEmpty();
    }

    @Test
    void the_bot_goes_by_a_bounded_part_of_what_was_said() {
        for (int i = 0; i < 60; i++) {
            receive("m" + i, "Line " + i);
        }

        assertThat(conversation.getState().state().talk().turns()).hasSize(40);
    }

    private void types(String... those) {
        actors.createTestProbe().awaitAssert(Duration.ofSeconds(30), () -> {
            look();
            assertThat(types()).containsExactly(those);
            return null;
        });
    }

    private Asked asked(int number) {
        actors.createTestProbe().awaitAssert(Duration.ofSeconds(30), () -> {
            assertThat(node.questions).hasSizeGreaterThan(number);
            return null;
        });
        return node.questions.get(number);
    }

    private void says(int number, Bot.Word word) {
        asked(number).word().complete(word);
    }

    private static Bot.Word reply(Asked asked, String action, String text) {
        return new Bot.Reply(decided(asked, action, ""), new Personal(text));
    }

    private static Bot.Word handOver(Asked asked, String text) {
        return new Bot.HandOver(
                decided(asked, "hand_over", "requested"),
                new Personal(text),
                "requested",
                "billing",
                List.of(new Need("billing", 1)),
                "high");
    }

    private static BotDecided decided(Asked asked, String action, String reason) {
        var question = asked.question();
        return new BotDecided(
                question.upTo(),
                question.upTo(),
                question.epoch(),
                "en",
                "greeting",
                .9,
                List.of(),
                action,
                reason,
                List.of(),
                action.equals("answer") ? List.of("greeting-en") : List.of(),
                Map.of("bot", "b1"),
                false);
    }
}
