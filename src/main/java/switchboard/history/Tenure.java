package switchboard.history;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import switchboard.conversation.Conversation.View;
import switchboard.journal.Journal.Row;

/** Whether a conversation is still its reader's, or offered to him, who may see it only as long as it is. */
public final class Tenure {

    /** What changes nothing of whose it is. Anything else, also what nobody knows, is reason to ask. */
    private static final Set<String> HARMLESS = Set.of(
            "message.received",
            "message.sent",
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
            "entry.recovered");

    private final String agent;
    private final Supplier<CompletionStage<View>> look;
    private volatile long proven;

    /** {@code agent} had it, or was offered it, when it was at {@code view}. */
    public Tenure(String agent, View view, Supplier<CompletionStage<View>> look) {
        this.agent = agent;
        this.proven = view.seq();
        this.look = look;
    }

    /** Whether he may be shown what follows {@code row}. In order, one at a time. */
    public CompletionStage<Boolean> goesOnAfter(Row row) {
        if (row.number() <= proven || HARMLESS.contains(row.entry().type())) {
            return completedStage(true);
        }
        return look.get().thenApply(view -> {
            proven = view.seq();
            return view.agent().equals(agent) || view.offered().equals(agent);
        });
    }
}
