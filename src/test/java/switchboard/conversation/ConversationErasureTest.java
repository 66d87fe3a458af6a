package switchboard.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.Test;
import switchboard.conversation.Conversation.Facts;
import switchboard.conversation.Conversation.Order;
import switchboard.conversation.Conversation.Place;
import switchboard.event.ConversationEvent;
import switchboard.event.Topic;
import switchboard.log.Entry;
import switchboard.log.Pen;
import switchboard.wire.Personal;

/** What becomes of messages that no gateway has accepted when what they say is erased. */
class ConversationErasureTest extends ConversationFixture {

    private static final int MANY = 150;

    @Test
    void what_waits_for_its_gateway_fails_in_the_write_that_erases_it() {
        given("assigned");
        says("Two");

        erase("e");

        assertThat(since(6)).containsExactly("content.erased", "message.failed 4 erased", "message.failed 5 erased");
        assertThat(waiting()).isZero();
        assertThat(node.keys).isEmpty();
        owesNothing();
        assertChain();
    }

    @Test
    void what_is_said_after_it_goes_to_nobody_and_fails_until_the_customer_opens_anew() {
        given("resolved");
        erase("e");
        ask(r -> new Conversation.Receive(message("m8", "Are you there?"), r));
        ask(r -> new Conversation.Assign(new Order("sue", true, "a2", -1), "anna", true, r));
        says("To whom?");
        assertThat(waiting()).isZero();
        conversation.runCommand(new Conversation.Wake());
        assertThat(since(11)).containsExactly("message.sent", "message.failed 11 erased");
        owesNothing();

        ask(r -> new Conversation.Resolve(order("anna"), "done", r));
        node.now = node.now.plus(InMemoryNode.WINDOW).plusMillis(1);
        receive("m9", "Hello again");
        ask(r -> new Conversation.Assign(new Order("sue", true, "a3", -1), "anna", true, r));

        var next = says("To you");
        assertThat(waiting()).isEqualTo(next);
    }

    @Test
    void what_a_gateway_has_accepted_has_not_failed() {
        given("assigned");
        receipt("message.accepted", 4);

        erase("e");

        assertThat(since(6)).containsExactly("content.erased");
    }

    @Test
    void what_a_gateway_had_in_its_hands_may_still_be_reported() {
        given("assigned");
        erase("e");

        receipt("message.accepted", 4);
        receipt("message.delivered", 4);

        assertThat(since(7)).containsExactly("message.accepted 4", "message.delivered 4");
        assertThat(conversation.getState().state().deliveries().unreported(9)).isEmpty();
    }

    @Test
    void a_repeat_of_the_order_changes_nothing() {
        given("assigned");
        var once = erase("e");

        assertThat(erase("e")).isEqualTo(once);

        assertThat(entries()).hasSize(6);
    }

    @Test
    void killed_before_the_write_nothing_is_erased_and_nothing_has_failed() {
        given("assigned");

        conversation.restart();
        look();

        assertThat(waiting()).isEqualTo(4);
        assertThat(entries()).hasSize(4);
        assertThat(node.keys).hasSize(1);
    }

    @Test
    void killed_between_the_write_and_what_follows_it_the_wake_deletes_keys_and_tells_that_none_waits() {
        given("assigned");
        node.erasing = CompletableFuture.failedFuture(new IllegalStateException("away"));
        node.following = new CompletableFuture<>();
        erase("e");
        node.erasing = CompletableFuture.completedFuture(Done.getInstance());
        node.following = CompletableFuture.completedFuture(Done.getInstance());
        conversation.restart();
        node.told.clear();

        conversation.runCommand(new Conversation.Wake());

        assertThat(waiting()).isZero();
        owesNothing();
        assertThat(node.keys).isEmpty();
        assertThat(entries()).hasSize(6);
    }

    @Test
    void an_erasure_that_is_in_the_log_alone_is_followed_by_what_failed_of_it_once() {
        given("assigned");
        erasedInTheLog();
        conversation.restart();
        assertThat(waitsFor()).isZero();

        conversation.runCommand(new Conversation.Wake());
        conversation.runCommand(new Conversation.Wake());

        assertThat(since(5)).containsExactly("content.erased", "message.failed 4 erased");
        owesNothing();
        assertChain();
    }

    @Test
    void of_very_many_the_rest_fails_at_the_next_wake_and_keeps_nobody_waiting() {
        given("assigned");
        for (int i = 1; i < MANY; i++) {
            says("Again");
        }

        erase("e");
        assertThat(waiting()).isZero();
        conversation.runCommand(new Conversation.Wake());

        assertThat(since(0).filter(it -> it.endsWith(" erased")).distinct()).hasSize(MANY);
        owesNothing();
    }

    @Test
    void what_was_said_before_the_erasure_and_surfaces_late_fails_too() {
        given("assigned");
        receipt("message.accepted", 4);
        var sealer = new Sealer("local", PID, node.ports());
        var send = new Conversation.Send(
                order("anna"), new Personal("late"), actors.system().ignoreRef());
        var late = late("message.sent", sealer.once(send), Map.of("author", "anna"));
        erase("e");
        node.rows.put(6L, List.of(entries().getLast(), late));
        conversation.restart();
        look();

        conversation.runCommand(new Conversation.Wake());

        assertThat(since(6)).containsExactly("content.erased", "entry.recovered", "message.failed 7 erased");
        assertThat(waitsFor()).isZero();
    }

    /** As by a program that was killed, or knew of no more. */
    private void erasedInTheLog() {
        var erased = new ConversationEvent.Erased("adam", List.copyOf(node.keys.keySet()));
        var entry = new Pen(InMemoryNode.KEYS, 1).write(head(), "content.erased", InMemoryNode.NOON, 1, erased);
        conversation.persistenceTestKit().persistForRecovery(PID, List.of(entry));
    }

    private StatusReply<Place> erase(String key) {
        var erased = ask(r -> new Conversation.Erase(new Order("adam", true, key, -1), r));
        assertThat(erased.isSuccess()).isTrue();
        told();
        return erased;
    }

    private long says(String text) {
        var order = order("anna");
        return ask(r -> new Conversation.Send(order, new Personal(text), r))
                .getValue()
                .seq();
    }

    /** What followers were told last. */
    private long waiting() {
        told();
        var told = node.told.getOrDefault(Topic.DELIVERY, List.<Facts>of());
        return told.isEmpty() ? 0 : told.getLast().waiting();
    }

    private long waitsFor() {
        look();
        return conversation.getState().state().deliveries().waiting();
    }

    /** What the entries from that number on say. */
    private Stream<String> since(long seq) {
        return entries().stream().filter(e -> e.seq() >= seq).map(ConversationErasureTest::said);
    }

    private static String said(Entry entry) {
        return switch (ConversationEvent.of(entry)) {
            case ConversationEvent.Failed e -> (entry.type() + " " + e.of() + " " + e.reason()).strip();
            case ConversationEvent.Reported e -> entry.type() + " " + e.of();
            default -> entry.type();
        };
    }
}
