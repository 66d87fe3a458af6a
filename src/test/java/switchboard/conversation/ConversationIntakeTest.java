package switchboard.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.Test;
import switchboard.conversation.Conversation.Outcome;
import switchboard.conversation.Conversation.Outcomes;
import switchboard.conversation.Conversation.Place;
import switchboard.event.ConversationEvent;
import switchboard.log.Entry;
import switchboard.wire.Inbound;
import switchboard.wire.Refusal;

class ConversationIntakeTest extends ConversationFixture {

    @Test
    void several_events_are_written_in_one_go_in_their_order_and_answered_one_by_one() {
        var outcomes = post(message("m1", "One"), message("m2", "Two"), message("m3", "Three"));

        assertThat(outcomes).containsExactly(at(2), at(3), at(4));
        assertThat(entries())
                .extracting(Entry::type)
                .containsExactly("conversation.opened", "message.received", "message.received", "message.received");
        assertChain();
    }

    @Test
    void several_events_leave_what_the_same_events_one_by_one_would() {
        given("assigned");
        var before = look().getValue();

        post(inbound("customer.left", "l1", new Inbound.Left()), message("m8", "Wait"), message("m9", "I am back"));

        var after = look().getValue();
        assertThat(after.status()).isEqualTo("assigned");
        assertThat(after.agent()).isEqualTo("anna");
        assertThat(after.epoch()).isEqualTo(before.epoch() + 1);
        assertThat(after.messages()).isEqualTo(before.messages() + 2);
        assertChain();
    }

    @Test
    void an_event_that_stands_there_twice_is_stored_once_and_answered_alike() {
        var outcomes = post(message("m1", "One"), message("m1", "One"));

        assertThat(outcomes).containsExactly(at(2), at(2));
        assertThat(entries()).hasSize(2);
    }

    @Test
    void an_identity_used_twice_with_other_content_is_refused_where_it_comes_second() {
        var outcomes = post(message("m1", "One"), message("m1", "Other"), message("m2", "Two"));

        assertThat(outcomes).containsExactly(at(2), not(Refusal.KEY_REUSED), at(3));
        assertThat(entries()).hasSize(3);
    }

    @Test
    void one_that_is_refused_leaves_no_trace_and_keeps_back_no_other() {
        var outcomes = post(receiptEvent("message.read", 7), message("m1", "One"), receiptEvent("message.read", 7));

        assertThat(outcomes).containsExactly(not(Refusal.UNKNOWN_MESSAGE), at(2), not(Refusal.UNKNOWN_MESSAGE));
        assertThat(entries()).hasSize(2);
    }

    @Test
    void where_all_are_refused_nothing_is_written_and_no_actor_stays() {
        var outcomes = post(receiptEvent("message.read", 7));

        assertThat(outcomes).containsExactly(not(Refusal.UNKNOWN_MESSAGE));
        assertThat(entries()).isEmpty();
        shard.receiveMessage();
    }

    @Test
    void repeated_whole_after_a_restart_they_are_answered_as_before() {
        var first = post(message("m1", "One"), message("m2", "Two"), message("m1", "Other"));
        conversation.restart();

        var again = post(message("m1", "One"), message("m2", "Two"), message("m1", "Other"));

        assertThat(again).isEqualTo(first);
        assertThat(entries()).hasSize(3);
    }

    @Test
    void killed_before_the_write_nothing_stands_and_the_repeat_is_taken_whole() {
        conversation.persistenceTestKit().failNextPersisted(PID);
        var none = actors.<StatusReply<Outcomes>>createTestProbe();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> conversation.runCommand(
                        new Conversation.ReceiveAll(List.of(message("m1", "One"), message("m2", "Two")), none.ref()))))
                .isNotNull();
        none.expectNoMessage();
        node.unconfirmed.confirmed(PID);
        conversation.restart();

        assertThat(post(message("m1", "One"), message("m2", "Two"))).containsExactly(at(2), at(3));
        assertChain();
    }

    @Test
    void events_wait_for_a_key_and_are_then_decided_upon_anew() {
        given("bot");
        conversation.restart();

        assertThat(post(message("m1", "Hello?"), message("m2", "Two"))).containsExactly(at(2), at(3));
    }

    @Test
    void where_no_key_can_be_had_nothing_overtakes_the_first_that_needs_one() {
        node.empty = true;

        assertThat(post(message("m1", "One"), message("m2", "Two"), message("m3", "Three")))
                .containsOnly(not(Refusal.UNAVAILABLE))
                .hasSize(3);
        assertThat(entries()).isEmpty();
    }

    @Test
    void a_receipt_and_a_message_in_one_write_settle_what_was_owed() {
        given("assigned");

        post(receiptEvent("message.accepted", 4), message("m2", "Thanks"));

        owesNothing();
        assertThat(conversation.getState().state().deliveries().waiting()).isZero();
    }

    @Test
    void one_event_by_itself_is_answered_with_its_place() {
        StatusReply<Place> reply = ask(r -> new Conversation.Receive(message("m1", "One"), r));

        assertThat(reply.getValue()).isEqualTo(new Place(2));
        assertThat(ask(r -> new Conversation.Receive(message("m1", "Other"), r))
                        .getError()
                        .getMessage())
                .isEqualTo(Refusal.KEY_REUSED.name());
    }

    private List<Outcome> post(Inbound... events) {
        return conversation
                .<StatusReply<Outcomes>>runCommand(r -> new Conversation.ReceiveAll(List.of(events), r))
                .reply()
                .getValue()
                .outcomes();
    }

    private static Outcome at(long seq) {
        return new Outcome(seq, "");
    }

    private static Outcome not(Refusal why) {
        return new Outcome(0, why.name());
    }

    @Test
    void of_what_tier_the_customer_is_said_to_be_first_the_bot_is_told_for_the_whole_episode_and_after_a_restart() {
        node.bot = true;
        receive("m1", "Hello?", "gold");
        receive("m2", "Anybody?", "basic");

        conversation.restart();

        actors.createTestProbe().awaitAssert(Duration.ofSeconds(30), () -> {
            assertThat(node.questions).hasSizeGreaterThan(1);
            return null;
        });
        assertThat(node.questions)
                .allSatisfy(it -> assertThat(it.question().tier()).isEqualTo("gold"));
        assertThat(((ConversationEvent.Opened) ConversationEvent.of(entries().getFirst())).tier())
                .isEqualTo("gold");
    }
}
