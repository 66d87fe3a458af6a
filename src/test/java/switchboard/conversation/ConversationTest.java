package switchboard.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.conversation.InMemoryNode.NOON;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.Test;
import switchboard.conversation.Conversation.Order;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.wire.Personal;
import switchboard.wire.Refusal;

class ConversationTest extends ConversationFixture {

    @Test
    void a_repeat_is_answered_as_the_first_was_also_after_a_restart() {
        var first = receive("m1", "Hello?");

        var again = receive("m1", "Hello?");
        conversation.restart();
        var later = receive("m1", "Hello?");

        assertThat(again).isEqualTo(first);
        assertThat(later).isEqualTo(first);
        assertThat(head().seq()).isEqualTo(2);
    }

    @Test
    void the_same_identity_with_other_content_is_refused_for_ever() {
        receive("m1", "Hello?");

        assertThat(receive("m1", "Something else")).isEqualTo(Refusal.KEY_REUSED.reply());
        conversation.restart();
        assertThat(receive("m1", "Something else")).isEqualTo(Refusal.KEY_REUSED.reply());
        assertThat(head().seq()).isEqualTo(2);
    }

    @Test
    void an_order_is_remembered_by_its_key_per_person() {
        given("assigned");
        var order = new Order("anna", false, "k", -1);
        var first = ask(r -> new Conversation.Note(order, new Personal("a"), r));

        assertThat(ask(r -> new Conversation.Note(order, new Personal("a"), r))).isEqualTo(first);
        assertThat(ask(r -> new Conversation.Note(order, new Personal("b"), r))).isEqualTo(Refusal.KEY_REUSED.reply());
        assertThat(ask(r -> new Conversation.Hold(order, r))).isEqualTo(Refusal.KEY_REUSED.reply());
        assertThat(ask(r -> new Conversation.Note(new Order("ben", false, "k", -1), new Personal("b"), r))
                        .isSuccess())
                .isTrue();
    }

    @Test
    void an_order_that_found_it_so_already_is_not_carried_out_when_it_comes_again() {
        given("assigned");
        var order = new Order("sue", true, "late", -1);
        var first = ask(r -> new Conversation.Assign(order, "anna", true, r));
        ask(r -> new Conversation.Assign(new Order("sue", true, "other", -1), "ben", true, r));

        var again = ask(r -> new Conversation.Assign(order, "anna", true, r));
        var reused = ask(r -> new Conversation.Assign(order, "carl", true, r));

        assertThat(again).isEqualTo(first);
        assertThat(reused).isEqualTo(Refusal.KEY_REUSED.reply());
        assertThat(look().getValue().agent()).isEqualTo("ben");
    }

    @Test
    void nobody_is_given_to_one_who_is_no_agent_and_an_order_done_before_she_was_deleted_stays_done() {
        given("assigned");
        var sue = new Order("sue", true, "typo", -1);
        var before = head();

        assertThat(ask(r -> new Conversation.Assign(sue, "ana", false, r))).isEqualTo(Refusal.NO_SUCH_AGENT.reply());
        assertThat(ask(r -> new Conversation.Transfer(sue, "ana", "", false, r)))
                .isEqualTo(Refusal.NO_SUCH_AGENT.reply());
        assertThat(head()).isEqualTo(before);

        var first = ask(r -> new Conversation.Assign(new Order("sue", true, "done", -1), "ben", true, r));
        assertThat(ask(r -> new Conversation.Assign(new Order("sue", true, "done", -1), "ben", false, r)))
                .isEqualTo(first);
    }

    @Test
    void an_order_for_another_number_than_the_present_one_is_refused_but_its_repeat_is_not() {
        given("assigned");
        var now = new Order("anna", false, "k", head().seq());
        var first = ask(r -> new Conversation.Note(now, new Personal("a"), r));

        var stale = ask(r -> new Conversation.Note(new Order("anna", false, "k2", 1), new Personal("b"), r));

        assertThat(stale).isEqualTo(Refusal.PRECONDITION_FAILED.reply());
        assertThat(ask(r -> new Conversation.Note(now, new Personal("a"), r))).isEqualTo(first);
    }

    @Test
    void a_clock_that_steps_back_does_not_turn_the_history_around() {
        receive("m1", "Hello?");
        node.now = NOON.minusSeconds(3600);

        receive("m2", "Are you there?");

        assertThat(entries()).extracting(Entry::at).containsOnly(NOON);
    }

    @Test
    void what_is_said_is_sealed_and_bound_to_its_place() {
        var id = "wamid.of-the-first-message"; // a short one can stand in what is sealed by chance
        receive(id, "secret words");

        var received = entries().getLast();
        assertThat(new String(received.bytes(), StandardCharsets.UTF_8)).doesNotContain("secret", id, "49170");
        var sealed = received.data(ConversationState.Common.class).sealed();
        var key = java.util.Objects.requireNonNull(node.keys.get(DataKey.idOf(sealed)));
        assertThat(new String(key.open(sealed, PID, 2).orElseThrow(), StandardCharsets.UTF_8))
                .isEqualTo("{\"source\":\"/whatsapp/491701234\",\"id\":\"" + id + "\",\"text\":\"secret words\"}");
        assertThat(key.open(sealed, PID, 3)).isEmpty();
    }

    @Test
    void each_episode_has_a_key_of_its_own_and_a_reopening_keeps_it() {
        given("resolved");
        receive("again", "One more thing");
        ask(r -> command("resolve as supervisor", r));
        assertThat(node.keys).hasSize(1);
        node.now = node.now.plus(InMemoryNode.WINDOW).plusMillis(1);

        receive("new", "Something new");

        assertThat(node.keys).hasSize(2);
        assertThat(entries().getLast().episode()).isEqualTo(2);
    }

    @Test
    void without_a_ready_key_nothing_is_opened_and_the_gateway_is_to_come_again() {
        node.empty = true;

        assertThat(receive("m1", "Hello?")).isEqualTo(Refusal.UNAVAILABLE.reply());
        assertThat(entries()).isEmpty();

        node.empty = false;
        assertThat(receive("m1", "Hello?").isSuccess()).isTrue();
    }

    @Test
    void looking_at_a_conversation_that_does_not_exist_writes_nothing_and_keeps_nothing() {
        assertThat(look()).isEqualTo(Refusal.NOT_FOUND.reply());

        shard.expectMessageClass(ClusterSharding.Passivate.class);
        assertThat(entries()).isEmpty();
    }

    @Test
    void without_a_bot_only_the_last_message_is_kept_for_one_and_with_one_again_all_are_there() {
        node.bots = false;
        conversation.restart();
        receive("m1", "Hello?");
        receive("m2", "Where is my parcel?");

        assertThat(conversation.getState().state().talk().turns())
                .extracting(entry -> entry.seq())
                .containsExactly(3L);

        node.bots = true;
        conversation.restart();
        look();

        assertThat(conversation.getState().state().talk().turns())
                .extracting(entry -> entry.seq())
                .containsExactly(2L, 3L);
    }
}
