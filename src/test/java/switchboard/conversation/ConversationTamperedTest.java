package switchboard.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.conversation.InMemoryNode.NOON;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.Test;
import switchboard.conversation.Conversation.Order;
import switchboard.conversation.Conversation.Place;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.wire.Personal;

/** What late writes, failing erasures and strangers' hands in the database must not do to a conversation. */
class ConversationTamperedTest extends ConversationFixture {

    private static final Order ERASE = new Order("adam", true, "e", -1);

    @Test
    void what_a_late_write_holds_is_erased_with_the_rest() {
        receive("m1", "Hello?");
        var late = lateTwin("m-late", "I am late");
        receive("m2", "Second");
        node.rows.put(3L, List.of(entries().getLast(), late));
        conversation.restart();
        assertThat(look().getValue().messages()).isEqualTo(3);
        assertThat(node.keys).hasSize(2);

        ask(r -> new Conversation.Erase(ERASE, r));

        assertThat(node.keys).isEmpty();
        conversation.restart();
        ask(r -> new Conversation.Erase(new Order("adam", true, "e2", -1), r));
        assertThat(entries()).extracting(Entry::type).endsWith("content.erased", "order.satisfied");
    }

    @Test
    void a_late_receipt_counts_and_a_late_order_does_not_keep_its_repeat_from_being_done() {
        given("assigned");
        var receipt = receiptEvent("message.accepted", 4);
        var hold = order("anna");
        var sealer = new Sealer("local", PID, node.ports());
        var late = late("message.accepted", sealer.once(receipt), Map.of("of", 4));
        var lateHold = late(
                "hold.started",
                sealer.once(new Conversation.Hold(hold, actors.system().ignoreRef())),
                Map.of("by", "anna"));
        receive("m2", "Second");
        node.rows.put(5L, List.of(entries().getLast(), late, lateHold));

        conversation.restart();

        assertThat(look().getValue().status()).isEqualTo("assigned");
        assertThat(entries()).extracting(Entry::type).endsWith("message.received", "entry.recovered");
        owesNothing();
        ask(r -> new Conversation.Hold(hold, r));
        assertThat(look().getValue().status()).isEqualTo("on_hold");
        assertChain();
    }

    @Test
    void a_late_message_of_ours_is_owed_when_it_is_appended_again() {
        given("bot");
        ask(r -> new Conversation.Assign(new Order("sue", true, "a", -1), "anna", true, r));
        var sealer = new Sealer("local", PID, node.ports());
        var send = new Conversation.Send(
                order("anna"), new Personal("Hi"), actors.system().ignoreRef());
        var late = late("message.sent", sealer.once(send), Map.of("author", "anna"));
        receive("m2", "Second");
        node.rows.put(4L, List.of(entries().getLast(), late));

        conversation.restart();
        look();

        owes(NOON.plus(Debts.SOON));
    }

    @Test
    void an_erasure_that_failed_is_not_forgotten_over_the_next_one() {
        given("bot");
        node.erasing = CompletableFuture.failedFuture(new IllegalStateException("cut off"));
        ask(r -> new Conversation.Erase(ERASE, r));
        receive("m9", "Hello again");
        node.erasing = CompletableFuture.completedFuture(Done.getInstance());

        ask(r -> new Conversation.Erase(new Order("adam", true, "e2", -1), r));

        assertThat(node.keys).isEmpty();
    }

    @Test
    void a_write_of_unknown_outcome_is_written_once_more_before_anything_else() {
        var probe = actors.<StatusReply<Place>>createTestProbe();
        var first = actors.spawn(ConversationEntity.create("local", ID, shard.ref(), node.ports()));
        conversation.persistenceTestKit().failNextPersisted(PID);
        first.tell(new Conversation.Receive(message("m1", "Hello?"), probe.ref()));
        probe.expectTerminated(first);

        var next = actors.spawn(ConversationEntity.create("local", ID, shard.ref(), node.ports()));
        next.tell(new Conversation.Receive(message("m2", "Anybody?"), probe.ref()));
        assertThat(probe.receiveMessage().getValue()).isEqualTo(new Place(3));
        next.tell(new Conversation.Receive(message("m1", "Hello?"), probe.ref()));
        assertThat(probe.receiveMessage().getValue()).isEqualTo(new Place(2));

        assertThat(node.unconfirmed.has(PID)).isFalse();
        assertChain();
        actors.stop(next);
    }

    @Test
    void a_write_of_unknown_outcome_that_did_come_is_not_written_again() {
        receive("m1", "Hello?");
        node.unconfirmed.writing(PID, entries());

        conversation.restart();

        assertThat(receive("m2", "Second").getValue()).isEqualTo(new Place(3));
        assertThat(entries()).hasSize(3);
    }

    @Test
    void a_damaged_key_keeps_no_message_from_being_taken() {
        given("bot");
        node.damaged = true;
        conversation.restart();

        assertThat(receive("m9", "Hello again").isSuccess()).isTrue();
    }

    @Test
    void a_row_of_another_conversation_beside_an_entry_is_not_appended() {
        receive("m1", "Hello?");
        var sealer = new Sealer("local", PID, node.ports());
        var once = sealer.once(message("m-other", "of somebody else"));
        var elsewhere = new Pen(InMemoryNode.KEYS, 1)
                .write(
                        new Head(2, Head.of("Conversation|local:other").hash()),
                        "message.received",
                        NOON,
                        1,
                        Map.of("once", once.toString(), "time", "", "sealed", ""));
        receive("m2", "Second");
        node.rows.put(3L, List.of(entries().getLast(), elsewhere));

        conversation.restart();

        assertThat(look().getValue().messages()).isEqualTo(2);
        assertThat(entries()).hasSize(3);
    }

    @Test
    void rows_that_a_stranger_changed_so_that_they_cannot_be_read_keep_no_conversation_from_standing_up() {
        for (var type : List.of("message.received", "no.such.type")) {
            var changed = new Pen(InMemoryNode.KEYS, 1)
                    .write(head(), "message.received", NOON, 1, Map.of("once", "!", "time", "", "sealed", ""));
            var bytes = new String(changed.bytes(), StandardCharsets.UTF_8)
                    .replace("message.received", type)
                    .replace("\"writer\":1,", "\"writer\":2,")
                    .getBytes(StandardCharsets.UTF_8);
            conversation.persistenceTestKit().persistForRecovery(PID, List.of(Entry.of(bytes)));
            conversation.restart();
        }

        assertThat(receive("m9", "Hello again").isSuccess()).isTrue();
    }
}
