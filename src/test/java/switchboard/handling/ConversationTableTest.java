package switchboard.handling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.conversation.Conversation.Place;
import switchboard.conversation.ConversationFixture;
import switchboard.log.Entry;
import switchboard.wire.Refusal;

class ConversationTableTest extends ConversationFixture {

    /** Given, the command, and what is then: the status, the entries that it writes, or the refusal. */
    record Cell(String given, String command, String then, List<String> writes) {
        @Override
        public String toString() {
            return given + " + " + command + " = " + then;
        }
    }

    private static final List<String> NOTHING = List.of();

    static Stream<Cell> table() {
        return Stream.of(
                cell("new", "message", "bot", "conversation.opened", "message.received"),
                cell("bot", "message", "bot", "message.received"),
                cell("assigned", "message", "assigned", "message.received"),
                cell("on_hold", "message", "on_hold", "message.received"),
                cell("wrap_up", "message", "assigned", "message.received", "agent.assigned"),
                cell("resolved", "message", "bot", "conversation.reopened", "message.received"),
                cell("closed", "message", "bot", "conversation.opened", "message.received"),
                cell("new", "receipt", "UNKNOWN_MESSAGE"),
                cell("bot", "receipt", "UNKNOWN_MESSAGE"),
                cell("assigned", "receipt", "assigned", "message.delivered"),
                cell("on_hold", "receipt", "on_hold", "message.delivered"),
                cell("wrap_up", "receipt", "wrap_up", "message.delivered"),
                cell("resolved", "receipt", "resolved", "message.delivered"),
                cell("closed", "receipt", "closed", "message.delivered"),
                cell("new", "rating", "UNKNOWN_MESSAGE"),
                cell("bot", "rating", "bot", "csat.received"),
                cell("assigned", "rating", "assigned", "csat.received"),
                cell("wrap_up", "rating", "wrap_up", "csat.received"),
                cell("resolved", "rating", "resolved", "csat.received"),
                cell("closed", "rating", "closed", "csat.received"),
                cell("new", "left", "UNKNOWN_CONVERSATION"),
                cell("bot", "left", "resolved", "customer.left", "conversation.resolved"),
                cell("assigned", "left", "wrap_up", "customer.left", "wrapup.started"),
                cell("on_hold", "left", "wrap_up", "customer.left", "wrapup.started"),
                cell("wrap_up", "left", "wrap_up", "customer.left"),
                cell("resolved", "left", "resolved", "customer.left"),
                cell("closed", "left", "closed", "customer.left"),
                cell("new", "consent", "UNKNOWN_CONVERSATION"),
                cell("bot", "consent", "bot", "consent.given"),
                cell("resolved", "withdrawal", "resolved", "consent.withdrawn"),
                cell("new", "assign", "NOT_FOUND"),
                cell("bot", "assign", "assigned", "agent.assigned"),
                cell("assigned", "assign", "assigned", "order.satisfied"),
                cell("assigned", "assign other", "assigned", "agent.released", "agent.assigned"),
                cell("on_hold", "assign other", "assigned", "agent.released", "agent.assigned"),
                cell("wrap_up", "assign", "assigned", "agent.assigned"),
                cell("wrap_up", "assign other", "assigned", "agent.released", "agent.assigned"),
                cell("resolved", "assign", "RESOLVED"),
                cell("closed", "assign", "RESOLVED"),
                cell("new", "send", "NOT_FOUND"),
                cell("bot", "send", "NOT_OWNER"),
                cell("assigned", "send", "assigned", "message.sent"),
                cell("assigned", "send as other", "NOT_OWNER"),
                cell("assigned", "send as supervisor", "NOT_OWNER"),
                cell("on_hold", "send", "on_hold", "message.sent"),
                cell("wrap_up", "send", "wrap_up", "message.sent"),
                cell("wrap_up", "send as other", "NOT_OWNER"),
                cell("resolved", "send", "RESOLVED"),
                cell("closed", "send", "RESOLVED"),
                cell("new", "note", "NOT_FOUND"),
                cell("bot", "note", "bot", "note.added"),
                cell("assigned", "note", "assigned", "note.added"),
                cell("wrap_up", "note", "wrap_up", "note.added"),
                cell("resolved", "note", "resolved", "note.added"),
                cell("closed", "note", "closed", "note.added"),
                cell("new", "hold", "NOT_FOUND"),
                cell("bot", "hold", "WRONG_STATUS"),
                cell("assigned", "hold", "on_hold", "hold.started"),
                cell("assigned", "hold as other", "NOT_OWNER"),
                cell("on_hold", "hold", "on_hold", "order.satisfied"),
                cell("wrap_up", "hold", "WRONG_STATUS"),
                cell("resolved", "hold", "WRONG_STATUS"),
                cell("closed", "hold", "WRONG_STATUS"),
                cell("new", "resume", "NOT_FOUND"),
                cell("bot", "resume", "WRONG_STATUS"),
                cell("assigned", "resume", "assigned", "order.satisfied"),
                cell("on_hold", "resume", "assigned", "hold.ended"),
                cell("on_hold", "resume as other", "NOT_OWNER"),
                cell("wrap_up", "resume", "WRONG_STATUS"),
                cell("resolved", "resume", "WRONG_STATUS"),
                cell("closed", "resume", "WRONG_STATUS"),
                cell("new", "resolve", "NOT_FOUND"),
                cell("bot", "resolve", "NOT_OWNER"),
                cell("bot", "resolve as supervisor", "resolved", "conversation.resolved"),
                cell("assigned", "resolve", "resolved", "conversation.resolved"),
                cell("assigned", "resolve as other", "NOT_OWNER"),
                cell("assigned", "resolve as supervisor", "OWNED"),
                cell("on_hold", "resolve", "resolved", "conversation.resolved"),
                cell("wrap_up", "resolve", "resolved", "wrapup.completed", "conversation.resolved"),
                cell("wrap_up", "resolve as other", "NOT_OWNER"),
                cell("resolved", "resolve", "resolved", "order.satisfied"),
                cell("closed", "resolve", "closed", "order.satisfied"));
    }

    static Stream<Cell> queues() {
        return Stream.of(
                cell("queued", "message", "queued", "message.received"),
                cell("reserved", "message", "reserved", "message.received"),
                cell("abandoned", "message", "bot", "conversation.reopened", "message.received"),
                cell("queued", "receipt", "UNKNOWN_MESSAGE"),
                cell("reserved", "receipt", "UNKNOWN_MESSAGE"),
                cell("queued", "rating", "queued", "csat.received"),
                cell("reserved", "rating", "reserved", "csat.received"),
                cell("abandoned", "rating", "abandoned", "csat.received"),
                cell("queued", "consent", "queued", "consent.given"),
                cell("reserved", "withdrawal", "reserved", "consent.withdrawn"),
                cell("queued", "left", "abandoned", "customer.left", "queue.left", "conversation.abandoned"),
                cell(
                        "reserved",
                        "left",
                        "abandoned",
                        "customer.left",
                        "reservation.rescinded",
                        "queue.left",
                        "conversation.abandoned"),
                cell("abandoned", "left", "abandoned", "customer.left"),
                cell("new", "escalate", "NOT_FOUND"),
                cell("bot", "escalate", "queued", "conversation.escalated", "queue.entered"),
                cell("queued", "escalate", "queued", "order.satisfied"),
                cell("reserved", "escalate", "reserved", "order.satisfied"),
                cell("assigned", "escalate", "OWNED"),
                cell("on_hold", "escalate", "OWNED"),
                cell("wrap_up", "escalate", "OWNED"),
                cell("resolved", "escalate", "RESOLVED"),
                cell("abandoned", "escalate", "RESOLVED"),
                cell("closed", "escalate", "RESOLVED"),
                cell("queued", "assign", "assigned", "queue.left", "agent.assigned"),
                cell("reserved", "assign", "assigned", "reservation.rescinded", "queue.left", "agent.assigned"),
                cell("reserved", "assign other", "assigned", "reservation.rescinded", "queue.left", "agent.assigned"),
                cell("abandoned", "assign", "RESOLVED"),
                cell("queued", "send", "NOT_OWNER"),
                cell("reserved", "send", "NOT_OWNER"),
                cell("abandoned", "send", "RESOLVED"),
                cell("queued", "note", "queued", "note.added"),
                cell("reserved", "note", "reserved", "note.added"),
                cell("abandoned", "note", "abandoned", "note.added"),
                cell("queued", "hold", "WRONG_STATUS"),
                cell("reserved", "hold", "WRONG_STATUS"),
                cell("abandoned", "hold", "WRONG_STATUS"),
                cell("queued", "resume", "WRONG_STATUS"),
                cell("reserved", "resume", "WRONG_STATUS"),
                cell("new", "transfer", "NOT_FOUND"),
                cell("bot", "transfer", "WRONG_STATUS"),
                cell("queued", "transfer", "NOT_OWNER"),
                cell(
                        "queued",
                        "transfer as supervisor",
                        "queued",
                        "transfer.requested",
                        "queue.left",
                        "queue.entered",
                        "transfer.completed"),
                cell("queued", "transfer to ben as supervisor", "WRONG_STATUS"),
                cell("reserved", "transfer as supervisor", "WRONG_STATUS"),
                cell(
                        "assigned",
                        "transfer",
                        "queued",
                        "transfer.requested",
                        "agent.released",
                        "queue.entered",
                        "transfer.completed"),
                cell(
                        "on_hold",
                        "transfer as supervisor",
                        "queued",
                        "transfer.requested",
                        "agent.released",
                        "queue.entered",
                        "transfer.completed"),
                cell("assigned", "transfer as other", "NOT_OWNER"),
                cell(
                        "assigned",
                        "transfer to ben",
                        "assigned",
                        "transfer.requested",
                        "agent.released",
                        "agent.assigned",
                        "transfer.completed"),
                cell("assigned", "transfer to anna", "assigned", "order.satisfied"),
                cell("wrap_up", "transfer", "WRONG_STATUS"),
                cell("resolved", "transfer", "RESOLVED"),
                cell("abandoned", "transfer", "RESOLVED"),
                cell("closed", "transfer", "RESOLVED"),
                cell("queued", "resolve", "NOT_OWNER"),
                cell("queued", "resolve as supervisor", "resolved", "queue.left", "conversation.resolved"),
                cell("reserved", "resolve as supervisor", "WRONG_STATUS"),
                cell("abandoned", "resolve", "abandoned", "order.satisfied"),
                cell("new", "accept", "NOT_FOUND"),
                cell("bot", "accept", "NOT_FOUND"),
                cell("queued", "accept", "NOT_FOUND"),
                cell("reserved", "accept", "assigned", "reservation.accepted", "queue.left", "agent.assigned"),
                cell("reserved", "accept as other", "TAKEN"),
                cell("reserved", "reject", "queued", "reservation.rejected"),
                cell("reserved", "reject as other", "TAKEN"),
                cell("accepted", "accept", "assigned"),
                cell("accepted", "accept as other", "TAKEN"),
                cell("accepted", "reject", "RESERVATION_OVER"),
                cell("rejected", "reject", "queued"),
                cell("rejected", "accept", "RESERVATION_OVER"),
                cell("timed_out", "accept", "TIMED_OUT"),
                cell("timed_out", "reject", "TIMED_OUT"),
                cell("rescinded", "accept", "RESCINDED"),
                cell("rescinded", "reject", "RESCINDED"),
                cell("left while offered", "accept", "RESCINDED"));
    }

    static Stream<Cell> wrapUps() {
        return Stream.of(
                cell("accepted", "resolve", "wrap_up", "wrapup.started"),
                cell("accepted", "resolve as other", "NOT_OWNER"),
                cell("accepted", "resolve as supervisor", "OWNED"),
                cell("accepted", "left", "wrap_up", "customer.left", "wrapup.started"),
                cell("new", "wrap-up", "NOT_FOUND"),
                cell("bot", "wrap-up", "WRONG_STATUS"),
                cell("queued", "wrap-up", "WRONG_STATUS"),
                cell("reserved", "wrap-up", "WRONG_STATUS"),
                cell("assigned", "wrap-up", "WRONG_STATUS"),
                cell("accepted", "wrap-up", "WRONG_STATUS"),
                cell("on_hold", "wrap-up", "WRONG_STATUS"),
                cell("wrap_up", "wrap-up", "resolved", "wrapup.completed", "conversation.resolved"),
                cell("wrapping_up", "wrap-up", "resolved", "wrapup.completed", "conversation.resolved"),
                cell("wrapping_up", "wrap-up as other", "NOT_OWNER"),
                cell("wrapping_up", "wrap-up as supervisor", "NOT_OWNER"),
                cell("wrapping_up", "resolve", "resolved", "wrapup.completed", "conversation.resolved"),
                cell("wrapping_up", "resolve as other", "NOT_OWNER"),
                cell("wrapping_up", "resolve as supervisor", "OWNED"),
                cell("wrapping_up", "message", "assigned", "message.received", "agent.assigned"),
                cell("wrapping_up", "left", "wrap_up", "customer.left"),
                cell("wrapping_up", "escalate", "OWNED"),
                cell("wrapping_up", "assign other", "assigned", "agent.released", "agent.assigned"),
                cell("wrapping_up", "send", "wrap_up", "message.sent"),
                cell("wrapping_up", "note", "wrap_up", "note.added"),
                cell("wrapping_up", "hold", "WRONG_STATUS"),
                cell("wrapping_up", "transfer", "WRONG_STATUS"),
                cell("wrapping_up", "accept", "wrap_up"),
                cell("wrapping_up", "reject", "RESERVATION_OVER"),
                cell("resolved", "wrap-up", "RESOLVED"),
                cell("abandoned", "wrap-up", "RESOLVED"),
                cell("closed", "wrap-up", "RESOLVED"));
    }

    private static Cell cell(String given, String command, String then, String... writes) {
        return new Cell(given, command, then, List.of(writes));
    }

    @ParameterizedTest
    @MethodSource({"table", "queues", "wrapUps"})
    void every_command_in_every_status_does_what_the_table_says(Cell cell) {
        given(cell.given());
        var before = head().seq();

        var result = conversation.<StatusReply<Place>>runCommand(reply -> command(cell.command(), reply));

        assertThat(result.events()).extracting(Entry::type).isEqualTo(cell.writes());
        if (result.reply().isSuccess()) {
            assertThat(look().getValue().status()).isEqualTo(cell.then());
        } else {
            assertThat(result.reply()).isEqualTo(Refusal.valueOf(cell.then()).reply());
            assertThat(cell.writes()).isEqualTo(NOTHING);
            assertThat(head().seq()).isEqualTo(before);
        }
    }
}
