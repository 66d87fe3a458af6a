package switchboard.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.conversation.InMemoryNode.NOON;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;
import switchboard.conversation.Conversation.Order;
import switchboard.conversation.Conversation.Place;
import switchboard.event.ConversationEvent;
import switchboard.log.Entry;
import switchboard.log.Pen;
import switchboard.wire.Personal;
import switchboard.wire.Refusal;

class ConversationDebtsTest extends ConversationFixture {

    @Test
    void a_sent_message_is_owed_until_the_gateway_accepts_it() {
        given("assigned");
        receipt("message.accepted", 4);
        var sent = ask(r -> new Conversation.Send(order("anna"), new Personal("Hi"), r));
        owes(NOON.plus(Debts.SOON));

        receipt("message.accepted", sent.getValue().seq());

        owesNothing();
    }

    @Test
    void a_message_that_no_gateway_accepts_fails_after_a_day_also_after_a_restart() {
        given("assigned");
        node.now = NOON.plus(Duration.ofHours(25));
        conversation.restart();

        var woken = conversation.runCommand(new Conversation.Wake());

        assertThat(woken.events()).extracting(Entry::type).containsExactly("message.failed");
        owesNothing();
    }

    @Test
    void an_early_wake_moves_the_debt_to_its_time_and_a_wake_without_debt_removes_the_row() {
        given("assigned");
        node.debts.put(PID, NOON);
        conversation.runCommand(new Conversation.Wake());
        owes(NOON.plus(Duration.ofHours(24)));

        receipt("message.accepted", 4);
        node.debts.put(PID, NOON);
        conversation.runCommand(new Conversation.Wake());

        owesNothing();
    }

    @Test
    void killed_before_the_debt_is_written_the_repeat_writes_it_and_is_acknowledged_only_then() {
        given("bot");
        ask(r -> new Conversation.Assign(new Order("sue", true, "a", -1), "anna", true, r));
        owesNothing();
        node.owing = CompletableFuture.failedFuture(new IllegalStateException("cut off"));
        var order = new Order("anna", false, "k", -1);
        assertThat(ask(r -> new Conversation.Send(order, new Personal("Hi"), r)))
                .isEqualTo(Refusal.UNAVAILABLE.reply());
        node.owing = CompletableFuture.completedFuture(Done.getInstance());
        node.debts.clear();

        conversation.restart();
        var again = ask(r -> new Conversation.Send(order, new Personal("Hi"), r));

        assertThat(again.getValue()).isEqualTo(new Place(4));
        assertThat(node.debts).containsKey(PID);
        assertThat(entries()).hasSize(4);
    }

    @Test
    void erasing_deletes_the_keys_and_leaves_a_whole_chain_that_goes_on_under_a_new_key() {
        given("bot");

        var erased = ask(r -> new Conversation.Erase(new Order("adam", true, "e", -1), r));
        receive("m9", "Hello again");

        assertThat(erased.isSuccess()).isTrue();
        assertThat(node.keys).hasSize(1);
        owesNothing();
        assertThat(entries().getLast().data(ConversationState.Common.class).key())
                .isNotNull();
        conversation.restart();
        assertThat(receive("m9", "Hello again").isSuccess()).isTrue();
        assertThat(receive("m10", "And again").isSuccess()).isTrue();
        assertChain();
    }

    @Test
    void killed_between_the_erasure_and_the_deletion_of_keys_the_wake_deletes_them() {
        given("bot");
        var erased = new ConversationEvent.Erased("adam", List.copyOf(node.keys.keySet()));
        var entry = new Pen(InMemoryNode.KEYS, 1).write(head(), "content.erased", NOON, 1, erased);
        conversation.persistenceTestKit().persistForRecovery(PID, List.of(entry));
        conversation.restart();
        assertThat(node.keys).hasSize(1);

        conversation.runCommand(new Conversation.Wake());

        assertThat(look().isSuccess()).isTrue();
        assertThat(node.keys).isEmpty();
    }

    @Test
    void a_key_that_somebody_deleted_by_hand_is_replaced_for_what_comes_next() {
        given("bot");
        node.keys.clear();
        conversation.restart();

        assertThat(receive("m9", "Hello again").isSuccess()).isTrue();
        assertThat(node.keys).hasSize(1);
    }

    @Test
    void a_late_write_beside_an_acknowledged_one_is_appended_again_and_moves_nothing() {
        receive("m1", "Hello?");
        var late = lateTwin("m-late", "I am late");
        var second = receive("m2", "Second");
        node.rows.put(3L, List.of(entries().getLast(), late));

        conversation.restart();
        look();

        assertThat(entries()).extracting(Entry::type).endsWith("message.received", "entry.recovered");
        assertThat(node.lateWrites.sum()).isEqualTo(1);
        assertThat(receive("m2", "Second")).isEqualTo(second);
        assertThat(receive("m-late", "I am late").getValue()).isEqualTo(new Place(4));
        assertThat(look().getValue().messages()).isEqualTo(3);
        conversation.restart();
        look();
        assertThat(entries()).hasSize(4);
        assertChain();
    }

    @Test
    void a_late_write_whose_event_was_posted_again_meanwhile_is_not_appended() {
        receive("m1", "Hello?");
        var late = lateTwin("m2", "Second");
        receive("m2", "Second");
        node.rows.put(3L, List.of(entries().getLast(), late));

        conversation.restart();

        assertThat(look().getValue().messages()).isEqualTo(2);
        assertThat(entries()).hasSize(3);
    }

    @Test
    void a_row_that_a_stranger_put_beside_an_entry_is_not_appended() {
        receive("m1", "Hello?");
        var stranger = new switchboard.log.TenantKeys(
                new byte[32], "not the tenant's chain key at all".getBytes(StandardCharsets.UTF_8));
        var forged = new Pen(stranger, 1)
                .write(head(), "message.received", NOON, 1, java.util.Map.of("once", "x".repeat(43)));
        receive("m2", "Second");
        node.rows.put(3L, List.of(entries().getLast(), forged));

        conversation.restart();

        assertThat(look().getValue().messages()).isEqualTo(2);
        assertThat(entries()).hasSize(3);
    }
}
