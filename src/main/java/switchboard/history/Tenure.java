package switchboard.history;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import switchboard.conversation.Conversation.View;
import switchboard.journal.Journal.Row;
import switchboard.log.Entry;

/** Whether a conversation is still its reader's, or offered to him, who may see it only as long as it is. */
public final class Tenure {

    /** What changes nothing of whose it is. Anything else, also what nobody knows or what is missing, is reason to ask. */
    private static final Set<String> HARMLESS = Set.of(
            "message.received",
            "message.sent",
            "bot.decided",
            "message.accepted",
            "message.delivered",
            "message.read",
            "message.failed",
            "note.added",
            "hold.started",
            "hold.ended",
            "csat.received",
            "consent.given",
            "consent.withdrawn",
            "order.satisfied",
            "entry.recovered",
            "customer.left",
            "conversation.escalated",
            "queue.left",
            "transfer.requested",
            "transfer.completed",
            "wrapup.started",
            "wrapup.completed");

    private static final String OFFERS = "reservation.created";

    /** What makes it somebody's, or offers it. */
    private static final Set<String> GIVES = Set.of(OFFERS, "reservation.accepted", "agent.assigned");

    private final String agent;
    private final Supplier<CompletionStage<View>> look;
    private volatile long proven;
    private volatile long last;

    /** {@code agent} had it, or was offered it, at the number {@code proven}. */
    public Tenure(String agent, long proven, Supplier<CompletionStage<View>> look) {
        this.agent = agent;
        this.proven = proven;
        this.last = proven;
        this.look = look;
    }

    /** Whether {@code agent} has it, or is offered it. */
    public static boolean isOf(String agent, View view) {
        return view.agent().equals(agent) || view.offered().equals(agent);
    }

    /** Whether with that entry it is offered to somebody, and no more than that. */
    public static boolean offers(Entry entry) {
        return entry.type().equals(OFFERS);
    }

    /** Whether with that entry it is {@code agent}'s, or offered to her. */
    public static boolean gives(Entry entry, String agent) {
        return GIVES.contains(entry.type())
                && entry.data(JsonNode.class).path("agent").asText().equals(agent);
    }

    /** Up to which number it is known to be his. */
    public long proven() {
        return proven;
    }

    /** Whether he may be shown what follows {@code row}. In order, one at a time. */
    public CompletionStage<Boolean> goesOnAfter(Row row) {
        var gap = row.number() > Math.max(last, proven) + 1;
        last = row.number();
        if (row.number() <= proven || (!gap && (HARMLESS.contains(row.entry().type()) || gives(row.entry(), agent)))) {
            return completedStage(true);
        }
        return look.get().thenApply(view -> {
            proven = view.seq();
            return isOf(agent, view);
        });
    }
}
