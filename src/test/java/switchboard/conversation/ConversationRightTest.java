package switchboard.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Place;
import switchboard.wire.Refusal;

/**
 * On a node whose right to write is gone, before and after a write: another node may have the conversation already. The actor ends, so
 * that a debt's row, or the next message, begins another.
 */
class ConversationRightTest extends ConversationFixture {

    private static final Duration LONG = Duration.ofMinutes(2);

    private final TestProbe<StatusReply<Place>> probe = actors.createTestProbe();

    @Test
    void without_the_right_nothing_is_written_the_gateway_is_told_to_come_again_and_the_actor_ends() {
        node.right.lasts(0);
        var actor = actor();

        actor.tell(new Conversation.Receive(message("m1", "Hello?"), probe.ref()));

        assertThat(probe.receiveMessage(LONG)).isEqualTo(Refusal.UNAVAILABLE.reply());
        probe.expectTerminated(actor, LONG);
        assertThat(entries()).isEmpty();
    }

    @Test
    void lost_between_write_and_acknowledgement_it_is_not_acknowledged_and_the_repeat_is_answered_from_the_log() {
        node.right.lasts(1);
        var actor = actor();

        actor.tell(new Conversation.Receive(message("m1", "Hello?"), probe.ref()));

        assertThat(probe.receiveMessage(LONG)).isEqualTo(Refusal.UNAVAILABLE.reply());
        probe.expectTerminated(actor, LONG);
        assertThat(entries()).hasSize(2);
        assertThat(node.told).as("nobody is told of what may not stand").isEmpty();

        node.right.lasts(Long.MAX_VALUE);
        conversation.restart();
        assertThat(receive("m1", "Hello?").getValue().seq()).isEqualTo(2);
        assertThat(entries()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"escalate", "assign other", "note"})
    void without_it_no_order_is_carried_out(String order) {
        given("bot");
        var before = entries().size();
        node.right.lasts(0);
        var actor = actor();

        actor.tell(command(order, probe.ref()));

        assertThat(probe.receiveMessage(LONG)).isEqualTo(Refusal.UNAVAILABLE.reply());
        probe.expectTerminated(actor, LONG);
        assertThat(entries()).hasSize(before);
    }

    @Test
    void what_is_due_by_the_clock_is_not_written_either() {
        given("reserved");
        var before = entries().size();
        node.right.lasts(0);
        var actor = actor();

        actor.tell(new Reservation.Overdue(2));

        probe.expectTerminated(actor, LONG);
        assertThat(entries()).hasSize(before);
    }

    /** Another life of the same conversation. */
    private ActorRef<Command> actor() {
        return actors.spawn(ConversationEntity.create("local", ID, shard.ref(), node.ports()));
    }
}
